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
 * @param step batches done in this epoch; pictures loaded, or looked through, before the first
 * @param steps batches an epoch
 * @param loss mean over the latest steps
 * @param accuracy on the validation pictures after the last whole epoch, 0 to 1; absent when there are none
 * @param etaMillis until fitting ends
 * @param checkpoint where the next worker goes on if this one dies; absent before the first whole epoch
 * @param attempt how many workers have begun with the epoch that comes next, this one among them, and were not stopped in order; 0: none
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
        @Nullable Checkpoint checkpoint,
        int attempt,
        Instant at)
        implements TrainingEvent {

    /** Of a job that no worker has yet. */
    public static TrainingProgressed queued(TrainingCommand command) {
        return new TrainingProgressed(
                command.jobId(),
                command.model(),
                Phase.QUEUED,
                0,
                0,
                0,
                0,
                null,
                null,
                0,
                null,
                null,
                0,
                Instant.now());
    }

    /** One more worker begins where the last one ended. */
    public TrainingProgressed takenUp() {
        return handedOver(Phase.LOADING, attempt + 1);
    }

    /** Its worker stops in order, and leaves it for the next: it did not end with the job, and does not count. */
    public TrainingProgressed left() {
        return handedOver(Phase.QUEUED, Math.max(0, attempt - 1));
    }

    private TrainingProgressed handedOver(Phase next, int attempts) {
        return new TrainingProgressed(
                jobId, model, next, 0, epochs, 0, 0, null, accuracy, 0, null, checkpoint, attempts, Instant.now());
    }

    /**
     * What was learned up to the end of an epoch, in the object store.
     *
     * @param sha256 hex, of the object
     */
    public record Checkpoint(int epoch, String objectKey, String sha256) {}

    public enum Phase {
        /** No worker has it yet, or the one that had it was stopped. */
        QUEUED,
        LOADING,
        /** What is loaded is looked through, before it is learned from. */
        CHECKING,
        FITTING,
        EVALUATING,
        PUBLISHING
    }
}
