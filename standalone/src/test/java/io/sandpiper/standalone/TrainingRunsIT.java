/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are cut short, taken over, asked for twice, and cancelled. */
class TrainingRunsIT extends OneStandalone {

    private static final String MODEL = "runs";
    private static final int EPOCHS = 12;

    @TempDir
    private static Path pictures;

    private static TrainingJobs jobs;

    @BeforeAll
    static void upload() throws Exception {
        jobs = new TrainingJobs(running, MODEL);
        jobs.begin(pictures, 40);
    }

    @Test
    void trainingThatIsCutShort_goesOnFromItsLastEpoch_toTheSameWeights() throws Exception {
        String whole = request(EPOCHS, 5);
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.ended(whole) != null);
        String cut = request(EPOCHS, 5);
        await().atMost(Duration.ofSeconds(60)).until(() -> checkpoint(cut) >= 3);

        running.standalone.stopTraining();
        int reached = checkpoint(cut);
        int told = jobs.events(cut).size();
        assertThat(jobs.last(cut))
                .as("a worker that is stopped in order does not count")
                .isInstanceOfSatisfying(TrainingProgressed.class, left -> {
                    assertThat(left.attempt()).isZero();
                    assertThat(left.phase()).isEqualTo(Phase.QUEUED);
                });
        running.standalone.restartTraining();
        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.ended(cut) != null);

        assertThat(reached).isLessThan(EPOCHS);
        assertThat(jobs.events(cut).stream()
                        .skip(told)
                        .filter(TrainingProgressed.class::isInstance)
                        .map(TrainingProgressed.class::cast)
                        .filter(event -> event.phase() == Phase.FITTING)
                        .findFirst())
                .hasValueSatisfying(first -> assertThat(first.epoch()).isEqualTo(reached + 1));
        assertThat(network(cut)).isEqualTo(network(whole));
        assertThat(data.resolve("objects/sandpiper/training-jobs").resolve(cut))
                .satisfiesAnyOf(
                        folder -> assertThat(folder).doesNotExist(),
                        folder -> assertThat(folder).isEmptyDirectory());
    }

    /** Whoever opens the log of a job has it; the one before is heard no more, and takes it up anew. */
    @Test
    void jobWhoseLeaseIsTaken_isTakenUpAgain_andMakesOneVersion() throws Exception {
        String job = request(EPOCHS, 6);
        await().atMost(Duration.ofSeconds(60)).until(() -> checkpoint(job) >= 2);

        Map<String, Object> thief = new HashMap<>(running.kafka());
        thief.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "training-job-" + job);
        try (var producer = new KafkaProducer<>(thief, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
        }

        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.ended(job) != null);
        assertThat(jobs.ended(job)).isInstanceOf(TrainingCompleted.class);
        assertThat(jobs.versions(job)).hasSize(1);
    }

    private static TrainingRequested command() {
        return new TrainingRequested(
                UUID.randomUUID().toString(),
                MODEL,
                "mnist-cnn",
                null,
                null,
                null,
                null,
                new Hyperparameters(1, 16, null, 7L, null, null),
                Instant.now());
    }

    @Test
    void sameCommandTenTimes_isOneRun() throws Exception {
        TrainingRequested command = command();
        try (var producer =
                new KafkaProducer<>(running.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 10; i++) {
                producer.send(Topics.TRAINING_COMMANDS.record(MODEL, command, "/test"))
                        .get();
            }
        }
        String after = request(1, 8);

        await().atMost(Duration.ofMinutes(2)).until(() -> jobs.ended(after) != null);
        assertThat(jobs.versions(command.jobId())).hasSize(1);
        assertThat(jobs.events(command.jobId()).stream().filter(TrainingCompleted.class::isInstance))
                .hasSize(1);
    }

    /** As ten workers that ended with it left it. */
    @Test
    void jobThatTookTenWorkersDown_isGivenUp() throws Exception {
        TrainingRequested command = command();
        TrainingProgressed last = TrainingProgressed.queued(command);
        for (int worker = 1; worker <= 10; worker++) {
            last = last.takenUp();
        }
        try (var producer =
                new KafkaProducer<>(running.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(Topics.TRAINING_EVENTS.record(command.jobId(), last, "/test"))
                    .get();
            producer.send(Topics.TRAINING_COMMANDS.record(MODEL, command, "/test"))
                    .get();
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> jobs.ended(command.jobId()) != null);
        assertThat(jobs.ended(command.jobId()))
                .isInstanceOfSatisfying(
                        TrainingFailed.class,
                        failed -> assertThat(failed.reason().code()).isEqualTo("killed-its-worker"));
    }

    @Test
    void trainingThatIsCancelled_stopsSoon_andMakesNoVersion() throws Exception {
        String job = request(10_000, 9);
        String queued = request(1, 10);
        await().atMost(Duration.ofSeconds(60)).until(() -> checkpoint(job) >= 1);
        assertThat(jobs.last(queued))
                .isInstanceOfSatisfying(
                        TrainingProgressed.class,
                        event -> assertThat(event.phase()).isEqualTo(Phase.QUEUED));

        assertThat(running.run(null, "model", "cancel", MODEL, queued).exit()).isZero();
        assertThat(running.run(null, "model", "cancel", MODEL, job).output()).contains("is being cancelled");

        await().atMost(Duration.ofSeconds(10)).until(() -> jobs.ended(job) != null);
        await().atMost(Duration.ofSeconds(10)).until(() -> jobs.ended(queued) != null);
        for (String cancelled : List.of(job, queued)) {
            assertThat(jobs.ended(cancelled)).isInstanceOfSatisfying(TrainingFailed.class, failed -> {
                assertThat(failed.reason().code()).isEqualTo("cancelled");
                assertThat(failed.reason().detail()).isEqualTo("Cancelled by whoever sits at this machine.");
            });
            assertThat(jobs.versions(cancelled)).isEmpty();
        }
        assertThat(running.run(null, "model", "cancel", MODEL, job).errors()).contains("has ended already");
        assertThat(running.run(null, "model", "cancel", MODEL, "nothing").errors())
                .contains("There is no such job");
        String next = request(1, 11);
        await().atMost(Duration.ofMinutes(1)).until(() -> jobs.ended(next) instanceof TrainingCompleted);
    }

    private static String request(int epochs, int seed) throws Exception {
        return jobs.request(Map.of("epochs", epochs, "seed", seed, "batchSize", 16, "recipe", "mnist-cnn"));
    }

    private static int checkpoint(String job) {
        return jobs.events(job).stream()
                .filter(TrainingProgressed.class::isInstance)
                .map(event -> ((TrainingProgressed) event).checkpoint())
                .mapToInt(checkpoint -> checkpoint == null ? 0 : checkpoint.epoch())
                .max()
                .orElse(0);
    }

    /** The hash of what it learned. */
    private static String network(String job) throws Exception {
        Path folder = data.resolve("objects/sandpiper/models")
                .resolve(MODEL)
                .resolve(jobs.versions(job).get(0));
        ModelManifest manifest = Json.read(Files.readAllBytes(folder.resolve("manifest.json")), ModelManifest.class);
        return manifest.parts().get("network.zip").sha256();
    }
}
