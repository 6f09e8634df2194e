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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that are killed while they have pictures in their hands. */
class WorkerKillIT {

    private static final int PICTURES = Integer.getInteger("sandpiper.test.pictures", 1_000);
    private static final int KILLS = Integer.getInteger("sandpiper.test.kills", 1);
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

    private static Ledger.Verdict killWorkersUnderLoad(Path folder, String consumption) throws Exception {
        var options = new Fleet.Options(8, false, Map.of("SANDPIPER_CONSUMPTION", consumption));
        try (Fleet fleet = Fleet.start(HOME, folder, options)) {
            fleet.startWorkers(2);
            Workload workload =
                    Workload.load("steady-60pct").of("mnist").steady(Duration.ofSeconds(PICTURES / RATE), RATE);
            Generator generator =
                    new Generator(fleet.target(), workload.evenly(), Pictures.drawn(28), (sent, answered) -> {});
            CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> {
                try {
                    return generator.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int kill = 1; kill <= KILLS; kill++) {
                long next = (long) PICTURES * kill / (KILLS + 1);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> generator.measurement().ledger().answeredSoFar() >= next);
                String name = "worker-" + (1 + kill % 2);
                fleet.worker(name).kill();
                fleet.startWorker(name);
            }
            return outcome.get().verdict();
        }
    }
}
