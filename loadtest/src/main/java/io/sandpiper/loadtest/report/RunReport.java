/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import io.sandpiper.loadtest.load.Ledger;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Workload;
import io.sandpiper.schemas.BoundedText;
import io.sandpiper.schemas.LoadRunMeasured;
import io.sandpiper.schemas.LoadRunMeasured.Counts;
import io.sandpiper.schemas.LoadTestEvent.Latency;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workload that was sent, and how it went.
 *
 * @param name of the workload, or of its file
 * @param window so many were under way, where as many were sent as get through; null: at the workload's rate
 * @param machine what it was measured on
 */
public record RunReport(
        String name,
        Workload workload,
        @Nullable Integer window,
        String machine,
        Instant startedAt,
        Instant endedAt,
        Outcome outcome) {

    /** For the topic load-tests; where on this machine the workload's file lies is nobody's business there. */
    public LoadRunMeasured message() {
        Path file = Path.of(name).getFileName();
        return new LoadRunMeasured(
                UUID.randomUUID().toString(),
                startedAt,
                endedAt,
                BoundedText.of(file == null ? name : file.toString()),
                BoundedText.of(workload.model()),
                workload.side(),
                workload.route(),
                workload.batch(),
                window == null ? workload.rate() : null,
                window,
                BoundedText.of(machine),
                outcome.imagesPerSecond(),
                counts(outcome.sent(), outcome.verdict()),
                latency(outcome.latency()));
    }

    private static Counts counts(long sent, Ledger.Verdict verdict) {
        return new Counts(
                sent,
                verdict.accepted(),
                verdict.answered(),
                verdict.refused(),
                verdict.cut(),
                verdict.lost().size(),
                verdict.doubled().size(),
                verdict.invented().size(),
                verdict.changed().size(),
                verdict.states().getOrDefault(State.FAILED, 0L));
    }

    private static @Nullable Latency latency(Outcome.@Nullable Latency latency) {
        return latency == null ? null : new Latency(latency.p50(), latency.p95(), latency.p99());
    }
}
