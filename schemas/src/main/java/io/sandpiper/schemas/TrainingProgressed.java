/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life, every few seconds.
 *
 * @param epoch the running one, from 1; 0 before the first
 * @param step batches done in this epoch
 * @param steps batches an epoch
 * @param loss mean over the latest steps
 * @param accuracy on the held-out pictures after the last whole epoch, 0 to 1
 * @param etaMillis until fitting ends
 */
public record TrainingProgressed(
        String jobId,
        String model,
        Phase phase,
        int epoch,
        int epochs,
        int step,
        int steps,
        @Nullable Double loss,
        @Nullable Double accuracy,
        double imagesPerSecond,
        @Nullable Long etaMillis,
        Instant at)
        implements TrainingEvent {

    public enum Phase {
        LOADING,
        FITTING,
        EVALUATING,
        PUBLISHING
    }
}
