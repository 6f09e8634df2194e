/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.TriggerFired;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model when it is looked at.
 *
 * @param version that serves; null: none
 * @param servesSince when it was promoted; null: none serves
 * @param recent how often it was right lately
 * @param drift what was measured of it last; null: nothing
 * @param unseen labelled pictures that its newest version has not learned from
 * @param lastTraining when the last one was asked for; null: never
 * @param trainingNow whether one is under way or waits
 * @param fired what triggers did before, the newest first
 */
record Situation(
        String model,
        @Nullable String version,
        @Nullable Instant servesSince,
        LiveAccuracy recent,
        @Nullable DriftMeasured drift,
        Unseen unseen,
        @Nullable Instant lastTraining,
        boolean trainingNow,
        List<TriggerFired> fired) {

    Situation {
        fired = List.copyOf(fired);
    }

    /** Counted only when somebody asks: that takes a look at all labelled pictures. */
    @FunctionalInterface
    interface Unseen {
        long count();
    }
}
