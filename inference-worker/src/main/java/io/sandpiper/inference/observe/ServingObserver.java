/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.observe;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.observe.ProfileBuilder;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.schemas.ServingObserved;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs networks and adds up what they answer. What is due goes with the answers of the batch, in their transaction: one of
 * its own would cost as much as the batch. What is added up when that fails is lost, and what a worker has when it stops.
 * Belongs to one thread.
 */
public final class ServingObserver {

    /** So many answers are told without waiting: a change is to be seen within hundreds. */
    static final int ENOUGH = 100;

    private static final Duration AT_LEAST_EACH = Duration.ofSeconds(1);

    private final boolean on;
    private final String worker;
    private final Clock clock;
    private final Map<Served, Observed> served = new LinkedHashMap<>();

    private record Served(String model, String version) {}

    private record Observed(ProfileBuilder builder, Instant since) {}

    public ServingObserver(InferenceProperties properties, Clock clock) {
        this.on = properties.observations();
        this.worker = properties.workerId();
        this.clock = clock;
    }

    /** As {@link Classifier#classify}. */
    public float[][] classify(String model, String version, Classifier classifier, List<Pixels> batch) {
        if (!on) {
            return classifier.classify(batch);
        }
        Answers answers = classifier.explain(batch);
        served.computeIfAbsent(
                        new Served(model, version),
                        key -> new Observed(new ProfileBuilder(classifier.labels(), false), clock.instant()))
                .builder()
                .add(answers);
        return answers.probabilities();
    }

    /** Forgets what it gives. */
    public List<ServingObserved> takeDue() {
        Instant now = clock.instant();
        List<ServingObserved> due = new ArrayList<>();
        for (Iterator<Map.Entry<Served, Observed>> all = served.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Served, Observed> next = all.next();
            Observed observed = next.getValue();
            if (observed.builder().images() >= ENOUGH
                    || !now.isBefore(observed.since().plus(AT_LEAST_EACH))) {
                due.add(new ServingObserved(
                        worker,
                        next.getKey().model(),
                        next.getKey().version(),
                        observed.builder().take(),
                        now));
                all.remove();
            }
        }
        return due;
    }
}
