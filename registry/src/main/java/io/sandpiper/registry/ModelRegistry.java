/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
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
        String champion = before == null ? null : before.championVersion();
        if (event instanceof ModelPromoted) {
            champion = version.version();
        }
        Map<String, Model> next = new TreeMap<>(models);
        next.put(version.model(), new Model(version.model(), Collections.unmodifiableMap(versions), champion));
        return new ModelRegistry(Collections.unmodifiableMap(next));
    }

    /** By name, in alphabetical order. */
    public Map<String, Model> models() {
        return models;
    }

    /** The version that serves, or null when there is no such model or none of its versions was promoted yet. */
    public @Nullable ModelVersion champion(String model) {
        Model known = models.get(model);
        return known == null ? null : known.champion();
    }

    /** @param versions by version, oldest first */
    public record Model(
            String name,
            Map<String, ModelVersion> versions,
            @Nullable String championVersion) {

        public @Nullable ModelVersion champion() {
            return championVersion == null ? null : versions.get(championVersion);
        }
    }
}
