/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The final state of one picture.
 *
 * @param modelVersion the version that answered; absent when no network saw the picture
 * @param label the most probable class; only when {@link State#PREDICTED}
 * @param probability of that class, 0 to 1 (softmax)
 * @param top the most probable classes, best first
 * @param reason why there is no label; absent when predicted
 * @param startedAt when a worker began with the batch that it was in, by that worker's clock; absent when none did
 * @param source where the picture lies in Kafka
 * @param worker id of the worker that answered
 * @param callback where this is to be posted; absent: nowhere
 * @param bulk where in which bulk job the picture came from; absent when it came by itself
 */
public record PredictionCompleted(
        String predictionId,
        String model,
        State state,
        @Nullable String modelVersion,
        @Nullable String label,
        @Nullable Double probability,
        List<ClassProbability> top,
        @Nullable Reason reason,
        Instant submittedAt,
        @Nullable Instant startedAt,
        Instant completedAt,
        Source source,
        String worker,
        @Nullable String callback,
        @Nullable BulkRef bulk) {

    public PredictionCompleted {
        top = top == null ? List.of() : List.copyOf(top);
    }

    /** The same, of a batch that was begun with then. */
    public PredictionCompleted withStartedAt(Instant started) {
        return new PredictionCompleted(
                predictionId,
                model,
                state,
                modelVersion,
                label,
                probability,
                top,
                reason,
                submittedAt,
                started,
                completedAt,
                source,
                worker,
                callback,
                bulk);
    }

    /** Final, all of them. A prediction that has none yet is pending. */
    public enum State {
        PREDICTED,
        /** The picture is at fault; the reason says how. */
        REJECTED,
        /** We are at fault; the reason says how. */
        FAILED,
        EXPIRED,
        CANCELLED
    }

    public record ClassProbability(String label, double probability) {}

    /**
     * Why there is no label.
     *
     * @param code stable, for programs
     * @param detail a sentence for people
     */
    public record Reason(String code, String detail) {}

    public record Source(String topic, int partition, long offset) {}
}
