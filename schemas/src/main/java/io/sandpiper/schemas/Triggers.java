/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a model is to be trained again by itself. What is absent is the training worker's own choice.
 *
 * @param action what follows when there is a reason
 * @param accuracyFloor of the answers that people gave labels for; to be right less often is a reason. A fraction, 0: never
 * @param drift whether it is a reason that the pictures that come in no longer look like the held-out ones
 * @param newImages so many labelled pictures that it has not learned from are a reason; 0: no number is
 * @param every so long after its last training there is a reason; zero: never
 * @param cooldown at least so long after the last training, whoever asked for that
 * @param budget at most so many trainings that a trigger started in 24 hours
 */
public record Triggers(
        @Nullable Action action,
        @Nullable Double accuracyFloor,
        @Nullable Boolean drift,
        @Nullable Integer newImages,
        @Nullable Duration every,
        @Nullable Duration cooldown,
        @Nullable Integer budget) {

    /** What follows from a reason to train. */
    public enum Action {
        /** It is told. */
        SUGGEST,
        /** A training begins. */
        ACT
    }
}
