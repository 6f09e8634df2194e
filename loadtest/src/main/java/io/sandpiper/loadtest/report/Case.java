/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import io.sandpiper.schemas.BoundedText;
import io.sandpiper.schemas.LoadSweepMeasured;
import io.sandpiper.schemas.LoadTestEvent.Latency;

/**
 * One measurement of a sweep.
 *
 * @param mode how the workers share: partition, or share
 * @param imagesPerSecond as many as get through
 * @param cpuMillisPerImage of broker, store and workers, without the generator
 * @param failures pictures that were lost, answered twice, answered in two ways, or FAILED
 * @param speedUp over one worker with as many partitions, in the same mode
 * @param ofCores speed-up over what the cores allow: min(workers, cores)
 * @param p50 milliseconds at half of {@code imagesPerSecond}, from the intended time; p95 and p99 as well
 */
public record Case(
        String mode,
        int partitions,
        int workers,
        double imagesPerSecond,
        double cpuMillisPerImage,
        long failures,
        double speedUp,
        double ofCores,
        double p50,
        double p95,
        double p99) {

    /** For the topic load-tests: what was measured, without what follows from it. */
    public LoadSweepMeasured.Case message() {
        return new LoadSweepMeasured.Case(
                BoundedText.of(mode),
                partitions,
                workers,
                imagesPerSecond,
                cpuMillisPerImage,
                failures,
                new Latency(p50, p95, p99));
    }
}
