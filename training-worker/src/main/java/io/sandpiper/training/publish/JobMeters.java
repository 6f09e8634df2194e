/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingProgressed;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What monitoring sees of this worker's jobs: as much as everybody is told. Any thread. */
final class JobMeters {

    private final MeterRegistry meters;
    /** Null while no job runs. */
    private volatile @Nullable TrainingProgressed running;

    JobMeters(MeterRegistry meters) {
        this.meters = meters;
        gauge("sandpiper.training.running", "1 while a job runs", job -> 1);
        gauge("sandpiper.training.epoch", "epoch of the job that runs", TrainingProgressed::epoch);
        gauge("sandpiper.training.images.per.second", "while fitting", TrainingProgressed::imagesPerSecond);
        // Rates can be told of what is there from the beginning.
        ended("completed");
        ended("failed");
        ended("cancelled");
    }

    void told(TrainingEvent event) {
        if (event instanceof TrainingProgressed progressed) {
            running = progressed.phase() == TrainingProgressed.Phase.QUEUED ? null : progressed;
            return;
        }
        running = null;
        ended(outcome(event)).increment();
    }

    /** Whatever became of the last job. */
    void idle() {
        running = null;
    }

    private static String outcome(TrainingEvent ending) {
        if (ending instanceof TrainingFailed failed) {
            return failed.reason().code().equals("cancelled") ? "cancelled" : "failed";
        }
        return "completed";
    }

    private Counter ended(String outcome) {
        return Counter.builder("sandpiper.training.jobs")
                .description("jobs that have ended")
                .tag("outcome", outcome)
                .register(meters);
    }

    private void gauge(String name, String description, ToDoubleFunction<TrainingProgressed> value) {
        Gauge.builder(name, () -> {
                    TrainingProgressed job = running;
                    return job == null ? 0 : value.applyAsDouble(job);
                })
                .description(description)
                .register(meters);
    }
}
