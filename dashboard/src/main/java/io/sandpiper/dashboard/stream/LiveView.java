/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows at one moment.
 *
 * @param ready false while the streams are starting: then the rest may be empty
 * @param behindMillis how old the answers are that are being added up; 0 when none waits
 * @param seconds of the last minute, oldest first; the running one is left out
 * @param minutes of the last hour, oldest first; the running one is left out
 * @param models those that serve, and those that were asked for in the last minute
 * @param workers that answered in the last minute
 * @param trainings the last word of the latest jobs, newest first
 */
public record LiveView(
        Instant at,
        boolean ready,
        long behindMillis,
        List<Slot> seconds,
        List<Slot> minutes,
        List<ModelNow> models,
        List<LaneNow> lanes,
        List<WorkerNow> workers,
        List<TrainingEvent> trainings) {

    /**
     * One second, or minute.
     *
     * @param answers by model, then by lane
     * @param states answers by final state, of all models
     * @param latencyMillis from submission to answer; absent when there were no answers
     */
    public record Slot(
            Instant at,
            Map<String, Map<String, Long>> answers,
            Map<State, Long> states,
            @Nullable Latency latencyMillis) {}

    /** Percentiles, to one part in a hundred. */
    public record Latency(long p50, long p95, long p99) {}

    /**
     * One model in the last minute.
     *
     * @param champion the version that serves, if one does
     * @param meanProbability of the labels; absent when there is none
     * @param labels how many pictures each class was the answer to
     * @param live how often its champion is right, as far as people said; absent when nobody did
     * @param drift of its champion; absent before anything was measured
     */
    public record ModelNow(
            String model,
            @Nullable String champion,
            long answers,
            Map<State, Long> states,
            @Nullable Double meanProbability,
            Map<String, Long> labels,
            @Nullable Latency latencyMillis,
            @Nullable LiveAccuracy live,
            @Nullable Drift drift) {}

    /** @param accuracy a fraction of the {@code labelled} */
    public record LiveAccuracy(long labelled, double accuracy) {}

    /** @param sentence for people, with the numbers */
    public record Drift(boolean drifted, String sentence, Instant at) {}

    /**
     * What waits in front of the workers.
     *
     * @param members ids of the clients that share it
     */
    public record LaneNow(
            String lane, String topic, long waiting, List<PartitionNow> partitions, List<String> members) {}

    /** @param position up to where pictures are answered */
    public record PartitionNow(int partition, long waiting, long position, long end) {}

    /**
     * One worker.
     *
     * @param perSecond answers, over the last ten seconds
     * @param versions that it answered with last, by model
     */
    public record WorkerNow(String worker, double perSecond, Map<String, String> versions, Instant lastAnswer) {}
}
