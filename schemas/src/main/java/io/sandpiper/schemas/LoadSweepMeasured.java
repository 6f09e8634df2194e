/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fleets of so many partitions and workers were measured, each on a Kafka of its own.
 *
 * @param side of the pictures, in pixels
 * @param workerImages pictures in a worker's batch at most
 * @param standInMillis what took the network's place waited so long for a batch; absent: the network
 * @param machine that load test and fleet share
 * @param cases in the order in which they were measured
 */
public record LoadSweepMeasured(
        String id,
        Instant startedAt,
        Instant endedAt,
        String model,
        int side,
        RouteKind route,
        int workerImages,
        @Nullable Integer standInMillis,
        String machine,
        List<Case> cases)
        implements LoadTestEvent {

    /** More do not fit into a message that is read for every page. */
    public static final int MOST_CASES = 256;

    public LoadSweepMeasured {
        BoundedText.require(id, model, machine);
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(endedAt, "endedAt");
        Objects.requireNonNull(route, "route");
        cases = List.copyOf(cases);
        if (cases.size() > MOST_CASES) {
            throw new IllegalArgumentException("a sweep is told with %d cases at most".formatted(MOST_CASES));
        }
    }

    /**
     * One fleet.
     *
     * @param mode how the workers share: partition, or share
     * @param imagesPerSecond as many as get through
     * @param cpuMillisPerImage of all its processes, without the load test
     * @param failures pictures that were lost, answered twice, answered in two ways, answered without having been sent, or FAILED
     * @param latencyMillis at half of {@code imagesPerSecond}
     */
    public record Case(
            String mode,
            int partitions,
            int workers,
            double imagesPerSecond,
            double cpuMillisPerImage,
            long failures,
            Latency latencyMillis) {

        public Case {
            BoundedText.require(mode);
            Objects.requireNonNull(latencyMillis, "latencyMillis");
        }
    }
}
