/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.loadtest.fleet.Fleet;
import io.sandpiper.loadtest.load.Generator;
import io.sandpiper.loadtest.load.Ledger;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Pictures;
import io.sandpiper.loadtest.load.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker processes that are killed while they have pictures in their hands, and such as come and go. They need minutes on
 * two cores; CONTRIBUTING.md has the command.
 */
@EnabledIfSystemProperty(
        named = "sandpiper.test.nightly",
        matches = "true",
        disabledReason = "needs minutes: -Dsandpiper.test.nightly=true")
class WorkerProcessesIT {

    private static final int PICTURES = Integer.getInteger("sandpiper.test.pictures", 1_000);
    private static final int KILLS = Integer.getInteger("sandpiper.test.kills", 1);
    private static final int CHANGES = Integer.getInteger("sandpiper.test.changes", 2);
    private static final int SECONDS_BETWEEN = 5;
    private static final int RATE = 250;
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @Test
    void picturesOfAKilledWorker_areAnswered_onceEach_whenPartitionsAreShared(@TempDir Path folder) throws Exception {
        Ledger.Verdict verdict = killWorkersUnderLoad(folder, "partition");

        assertThat(verdict.accepted()).isEqualTo(PICTURES);
        assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
    }

    /** Between its answer and the acknowledgement a worker may be killed, too: then its pictures are answered again. */
    @Test
    void picturesOfAKilledWorker_areAnswered_theSameEachTime_whenRecordsAreShared(@TempDir Path folder)
            throws Exception {
        Ledger.Verdict verdict = killWorkersUnderLoad(folder, "share");

        assertThat(verdict.accepted()).isEqualTo(PICTURES);
        assertThat(verdict.answered()).isEqualTo(PICTURES);
        assertThat(verdict.invented()).isEmpty();
        assertThat(verdict.changed()).isEmpty();
        assertThat(verdict.doubled()).hasSizeLessThan(KILLS * 64);
    }

    @Test
    void picturesAreAnswered_onceEach_whileWorkersComeAndGo(@TempDir Path folder) throws Exception {
        int seconds = (CHANGES + 1) * SECONDS_BETWEEN;
        Ledger.Verdict verdict = underLoad(folder, "partition", seconds, (fleet, generator) -> {
            for (int change = 0; change < CHANGES; change++) {
                TimeUnit.SECONDS.sleep(SECONDS_BETWEEN); // the schedule of the test, nothing is waited for
                if (change % 2 == 0) {
                    fleet.worker("worker-2").stop();
                } else {
                    fleet.startWorker("worker-2");
                }
            }
        });

        assertThat(verdict.accepted()).isEqualTo((long) seconds * RATE);
        assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
    }

    private static Ledger.Verdict killWorkersUnderLoad(Path folder, String consumption) throws Exception {
        return underLoad(folder, consumption, PICTURES / RATE, (fleet, generator) -> {
            for (int kill = 1; kill <= KILLS; kill++) {
                long next = (long) PICTURES * kill / (KILLS + 1);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> generator.measurement().ledger().answeredSoFar() >= next);
                String name = "worker-" + (1 + kill % 2);
                fleet.worker(name).kill();
                fleet.startWorker(name);
            }
        });
    }

    @FunctionalInterface
    private interface Faults {
        void happen(Fleet fleet, Generator generator) throws Exception;
    }

    private static Ledger.Verdict underLoad(Path folder, String consumption, int seconds, Faults faults)
            throws Exception {
        var options = new Fleet.Options(8, false, Map.of("SANDPIPER_CONSUMPTION", consumption));
        try (Fleet fleet = Fleet.start(HOME, folder, options)) {
            fleet.startWorkers(2);
            Workload workload = Workload.load("steady-60pct").of("mnist").steady(Duration.ofSeconds(seconds), RATE);
            Generator generator =
                    new Generator(fleet.target(), workload.evenly(), Pictures.drawn(28), (sent, answered) -> {});
            CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> {
                try {
                    return generator.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            faults.happen(fleet, generator);
            return outcome.get().verdict();
        }
    }
}
