/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.ModelRefused;
import io.sandpiper.schemas.ModelRetired;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of all models at one point of the log. Immutable: {@link #with} gives the next one. */
public final class ModelRegistry {

    public static final ModelRegistry EMPTY = new ModelRegistry(Map.of());

    private final Map<String, Model> models;

    private ModelRegistry(Map<String, Model> models) {
        this.models = models;
    }

    /** The registry after that event. Versions keep the order in which they first appeared. */
    public ModelRegistry with(ModelEvent event) {
        ModelVersion version = event.modelVersion();
        Model before = models.get(version.model());
        Map<String, ModelVersion> versions = new LinkedHashMap<>(before == null ? Map.of() : before.versions());
        versions.put(version.version(), version);
        List<String> promoted = before == null ? List.of() : before.promoted();
        if (event instanceof ModelPromoted) {
            promoted = moved(promoted, version.version(), true);
        } else if (event instanceof ModelRetired) {
            promoted = moved(promoted, version.version(), false);
        }
        Map<String, Decision> decisions = new LinkedHashMap<>(before == null ? Map.of() : before.decisions());
        Decision decision = decision(event);
        if (decision != null) {
            decisions.put(version.version(), decision);
        }
        Map<String, List<Refusal>> refusals = new LinkedHashMap<>(before == null ? Map.of() : before.refusals());
        if (event instanceof ModelRefused refused) {
            refusals.compute(version.version(), (number, told) -> latestOfEach(told, refused));
        }
        Map<String, Model> next = new TreeMap<>(models);
        next.put(
                version.model(),
                new Model(
                        version.model(),
                        Collections.unmodifiableMap(versions),
                        promoted,
                        Collections.unmodifiableMap(decisions),
                        Collections.unmodifiableMap(refusals)));
        return new ModelRegistry(Collections.unmodifiableMap(next));
    }

    /** Null for a worker's doubt: that decides nothing. */
    private static @Nullable Decision decision(ModelEvent event) {
        if (event instanceof ModelPromoted promoted) {
            return new Decision(Decision.Outcome.PROMOTED, promoted.reason(), event.at());
        }
        if (event instanceof ModelRetired retired) {
            return new Decision(Decision.Outcome.RETIRED, retired.reason(), event.at());
        }
        return event instanceof ModelPublished published
                ? new Decision(Decision.Outcome.PUBLISHED, published.decision(), event.at())
                : null;
    }

    /**
     * What was decided last about a version.
     *
     * @param reason a sentence with the numbers; absent when nobody gave one
     */
    public record Decision(Outcome outcome, @Nullable String reason, Instant at) {

        /** PUBLISHED alone is kept back. */
        public enum Outcome {
            PUBLISHED,
            PROMOTED,
            RETIRED
        }
    }

    /** A worker's doubt: it does not serve that version. */
    public record Refusal(String worker, Reason reason, Instant at) {}

    private static List<Refusal> latestOfEach(@Nullable List<Refusal> before, ModelRefused refused) {
        List<Refusal> refusals = new ArrayList<>(before == null ? List.of() : before);
        refusals.removeIf(refusal -> refusal.worker().equals(refused.worker()));
        refusals.add(new Refusal(refused.worker(), refused.reason(), refused.at()));
        return List.copyOf(refusals);
    }

    /** In the order of their last promotion: so it is the same when the log was compacted. */
    private static List<String> moved(List<String> before, String version, boolean serves) {
        List<String> promoted = new ArrayList<>(before);
        promoted.remove(version);
        if (serves) {
            promoted.add(version);
        }
        return List.copyOf(promoted);
    }

    /** By name, in alphabetical order. */
    public Map<String, Model> models() {
        return models;
    }

    /** Empty where no version of it was published. */
    public Model model(String name) {
        Model known = models.get(name);
        return known == null ? new Model(name, Map.of(), List.of(), Map.of(), Map.of()) : known;
    }

    /** The version that serves, or null when there is no such model or none of its versions was promoted yet. */
    public @Nullable ModelVersion champion(String model) {
        Model known = models.get(model);
        return known == null ? null : known.champion();
    }

    /**
     * @param versions by version, oldest first
     * @param promoted the champion last, before it those that it replaced; without the retired ones
     * @param decisions by version, the last of each
     * @param refusals by version, the last of each worker; it may have changed its mind since
     */
    public record Model(
            String name,
            Map<String, ModelVersion> versions,
            List<String> promoted,
            Map<String, Decision> decisions,
            Map<String, List<Refusal>> refusals) {

        public @Nullable String championVersion() {
            return promoted.isEmpty() ? null : promoted.get(promoted.size() - 1);
        }

        public @Nullable ModelVersion champion() {
            String version = championVersion();
            return version == null ? null : versions.get(version);
        }

        /** The champion, and where that cannot serve, those that it replaced, the latest first. */
        public List<ModelVersion> candidates() {
            List<ModelVersion> candidates = new ArrayList<>();
            for (String version : promoted) {
                ModelVersion known = versions.get(version);
                if (known != null) {
                    candidates.add(0, known);
                }
            }
            return candidates;
        }
    }
}
