/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.loadtest.load.Ledger;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Workload;
import io.sandpiper.schemas.LoadRunMeasured;
import io.sandpiper.schemas.LoadRunMeasured.Counts;
import io.sandpiper.schemas.LoadTestEvent.Latency;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunReportTest {

    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ENDED = Instant.parse("2026-01-01T00:00:40Z");

    @Test
    void message_tellsWhatWasSent_andEachWayInWhichItWentWrong() {
        LoadRunMeasured message = message("burst", null, new Outcome.Latency(1.5, 20, 300, 4_000));

        assertThat(message.id()).isNotBlank();
        assertThat(message)
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(new LoadRunMeasured(
                        "",
                        STARTED,
                        ENDED,
                        "burst",
                        "cifar10",
                        32,
                        RouteKind.HTTP,
                        1,
                        400.0, // fifteen seconds with 200, ten with 1000, fifteen with 200
                        null,
                        "a machine",
                        97.5,
                        new Counts(20, 6, 5, 3, 2, 1, 1, 1, 1, 2),
                        new Latency(1.5, 20, 300)));
    }

    @Test
    void whatWasNotMeasured_isAbsent() {
        LoadRunMeasured message = message("burst", 400, null);

        assertThat(message.window()).isEqualTo(400);
        assertThat(message.askedImagesPerSecond()).isNull();
        assertThat(message.latencyMillis()).isNull();
    }

    @Test
    void fileOfAWorkload_isToldByItsName_andNotByWhereItLies() {
        assertThat(message("some/where/mine.yaml", null, null).workload()).isEqualTo("mine.yaml");
        assertThat(message("n".repeat(1_000), null, null).workload()).hasSize(200);
    }

    private static LoadRunMeasured message(String name, @Nullable Integer window, Outcome.@Nullable Latency latency) {
        Outcome outcome = new Outcome(20, 40, 97.5, latency, 0, Map.of("overloaded", 3L), verdict());
        return new RunReport(name, Workload.load("burst"), window, "a machine", STARTED, ENDED, outcome).message();
    }

    private static Ledger.Verdict verdict() {
        Ledger ledger = new Ledger();
        for (String id : List.of("right", "lost", "doubled", "changed", "failed-1", "failed-2")) {
            ledger.accepted(id, id.hashCode() & 0xffff);
        }
        for (String id : List.of("right", "doubled", "changed", "invented")) {
            ledger.answered(answer(id, State.PREDICTED));
        }
        ledger.answered(answer("doubled", State.PREDICTED));
        ledger.told("changed", State.PREDICTED, "1", "dog", 0.9);
        ledger.answered(answer("failed-1", State.FAILED));
        ledger.answered(answer("failed-2", State.FAILED));
        ledger.refused(3);
        ledger.cut(2);
        return ledger.verdict();
    }

    private static PredictionCompleted answer(String id, State state) {
        return new PredictionCompleted(
                id,
                "cifar10",
                state,
                "1",
                "cat",
                0.9,
                List.of(),
                null,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                new Source("images", 0, 0),
                "worker-1",
                null,
                null);
    }
}
