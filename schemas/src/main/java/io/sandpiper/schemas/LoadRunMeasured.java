/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workload was sent to what runs, and all that came of it was counted.
 *
 * @param workload its name, without a folder
 * @param model that was to answer
 * @param side of the pictures, in pixels
 * @param requestImages pictures in a request; 1 but on the route BATCH
 * @param askedImagesPerSecond that were to be sent, on average over its phases; absent: as many as get through
 * @param window so many were under way, where as many were sent as get through
 * @param machine of the load test
 * @param imagesPerSecond answered
 * @param latencyMillis absent when no answer was timed
 */
public record LoadRunMeasured(
        String id,
        Instant startedAt,
        Instant endedAt,
        String workload,
        String model,
        int side,
        RouteKind route,
        int requestImages,
        @Nullable Double askedImagesPerSecond,
        @Nullable Integer window,
        String machine,
        double imagesPerSecond,
        Counts counts,
        @Nullable Latency latencyMillis)
        implements LoadTestEvent {

    public LoadRunMeasured {
        BoundedText.require(id, workload, model, machine);
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(counts, "counts");
    }

    /**
     * Pictures, those of a warm-up among them.
     *
     * @param accepted taken; what is neither accepted nor refused nor cut has an unknown fate
     * @param answered of the accepted ones
     * @param refused with a code that says so: nothing is owed for them
     * @param cut sent on a connection that broke before it told an id: each may have an answer or none
     * @param lost accepted, and never answered
     * @param doubled answered more than once
     * @param invented answered, and never sent, as far as ids are known
     * @param changed answered in two ways, or not as the same picture was by the same version
     * @param failed answered with FAILED
     */
    public record Counts(
            long sent,
            long accepted,
            long answered,
            long refused,
            long cut,
            long lost,
            long doubled,
            long invented,
            long changed,
            long failed) {}
}
