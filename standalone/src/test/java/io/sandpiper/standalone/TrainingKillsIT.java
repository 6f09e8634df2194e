/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.http.HttpRequest;
import java.nio.file.Files;
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

    private static final String MODEL = "killed";
    private static final int KILLS = Integer.getInteger("sandpiper.test.training-kills", 2);
    private static final int EPOCHS = 10;
    private static final int PICTURES = 1_200;
    private static final long SEED = 42;

    @Test
    void trainingWhoseWorkersAreKilled_losesAnEpochEachAtMost_andMakesOneVersion(@TempDir Path pictures)
            throws Exception {
        uploadAndTrainOnce(pictures);
        running.standalone.stopTraining();
        String job = request();
        Random random = new Random(SEED);
        int epochsBegun = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int told = events(job).size();
            Process trainer = trainer();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> events(job).size() > told);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(3_000)); // when it is killed, nothing is waited for
            } finally {
                trainer.destroyForcibly();
            }
            epochsBegun += epochsBegun(job, told);
        }
        int told = events(job).size();
        Process last = trainer();
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> !(last(job) instanceof TrainingProgressed));
        } finally {
            last.destroyForcibly();
        }
        epochsBegun += epochsBegun(job, told);

        assertThat(last(job)).isInstanceOf(TrainingCompleted.class);
        assertThat(versions(job)).isEqualTo(1);
        assertThat(epochsBegun).isBetween(EPOCHS, EPOCHS + KILLS);
    }

    private static void uploadAndTrainOnce(Path pictures) throws Exception {
        for (int digit : List.of(0, 1, 7)) {
            Path folder = Files.createDirectories(pictures.resolve(String.valueOf(digit)));
            for (int i = 0; i < PICTURES / 3; i++) {
                Files.write(folder.resolve(i + ".png"), DrawnDigits.png(digit, i));
            }
        }
        Running.Ended trained = running.run(
                null, "train", MODEL, "--data", pictures.toString(), "--epochs", "1", "--recipe", "mnist-cnn");
        assertThat(trained.output()).as(trained.errors()).contains("Version 1 of " + MODEL);
    }

    private static Process trainer() throws Exception {
        return ChildService.start(
                running,
                data,
                data.resolve("trainer.log"),
                "io.sandpiper.training.TrainingWorkerApplication",
                "--server.port=" + Ports.any(),
                "--sandpiper.training.signing-key=" + data.resolve("signing-key.pem"));
    }

    private static String request() throws Exception {
        Running.Answer answer = running.call(running.request("/v1/models/" + MODEL + "/training-jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Json.write(Map.of("epochs", EPOCHS, "batchSize", 8, "recipe", "mnist-cnn")))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return String.valueOf(answer.get("jobId"));
    }

    /** What one worker did: epochs that it took steps of. */
    private static int epochsBegun(String job, int told) {
        return (int) events(job).stream()
                .skip(told)
                .filter(TrainingProgressed.class::isInstance)
                .map(TrainingProgressed.class::cast)
                .filter(event -> event.phase() == Phase.FITTING)
                .map(TrainingProgressed::epoch)
                .distinct()
                .count();
    }

    private static List<TrainingEvent> events(String job) {
        return running.records(Topics.TRAINING_EVENTS).stream()
                .map(Topics.TRAINING_EVENTS::value)
                .filter(event -> event.jobId().equals(job))
                .toList();
    }

    private static TrainingEvent last(String job) {
        List<TrainingEvent> events = events(job);
        return events.get(events.size() - 1);
    }

    private static long versions(String job) {
        return running.records(Topics.MODEL_EVENTS).stream()
                .map(Topics.MODEL_EVENTS::value)
                .filter(ModelPublished.class::isInstance)
                .filter(event -> job.equals(event.modelVersion().jobId()))
                .count();
    }
}
