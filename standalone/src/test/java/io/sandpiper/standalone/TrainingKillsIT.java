/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** One training whose worker is killed again and again. Needs minutes; CONTRIBUTING.md has the command. */
@EnabledIfSystemProperty(
        named = "sandpiper.test.nightly",
        matches = "true",
        disabledReason = "needs minutes: -Dsandpiper.test.nightly=true")
class TrainingKillsIT extends OneStandalone {

    private static final int KILLS = Integer.getInteger("sandpiper.test.training-kills", 2);
    private static final int EPOCHS = 10;
    private static final int PICTURES = 1_200;
    private static final long SEED = 42;

    @Test
    void trainingWhoseWorkersAreKilled_losesAnEpochEachAtMost_andMakesOneVersion(@TempDir Path pictures)
            throws Exception {
        TrainingJobs jobs = new TrainingJobs(running, "killed");
        jobs.begin(pictures, PICTURES / 3);
        running.standalone.stopTraining();
        String job = jobs.request(Map.of("epochs", EPOCHS, "batchSize", 8, "recipe", "mnist-cnn"));
        Random random = new Random(SEED);
        int epochsBegun = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int told = jobs.events(job).size();
            Process trainer = trainer();
            try {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> jobs.events(job).size() > told);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000)); // when it is killed, nothing is waited for
            } finally {
                trainer.destroyForcibly();
            }
            epochsBegun += epochsBegun(jobs.events(job), told);
        }
        int told = jobs.events(job).size();
        Process last = trainer();
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> jobs.ended(job) != null);
        } finally {
            last.destroyForcibly();
        }
        epochsBegun += epochsBegun(jobs.events(job), told);

        assertThat(jobs.last(job)).isInstanceOf(TrainingCompleted.class);
        assertThat(jobs.versions(job)).hasSize(1);
        assertThat(epochsBegun).isBetween(EPOCHS, EPOCHS + KILLS);
    }

    private static Process trainer() throws Exception {
        return ChildService.start(
                running,
                data,
                data.resolve("trainer.log"),
                "io.sandpiper.training.TrainingWorkerApplication",
                "--server.port=" + Ports.any(),
                // Killed sooner than an epoch takes, again and again: that is not the job's fault here.
                "--sandpiper.training.attempts=" + (KILLS + 1),
                "--sandpiper.training.signing-key=" + data.resolve("signing-key.pem"));
    }

    /** What one worker did: epochs that it took steps of. */
    private static int epochsBegun(List<TrainingEvent> events, int told) {
        return (int) events.stream()
                .skip(told)
                .filter(TrainingProgressed.class::isInstance)
                .map(TrainingProgressed.class::cast)
                .filter(event -> event.phase() == Phase.FITTING)
                .map(TrainingProgressed::epoch)
                .distinct()
                .count();
    }
}
