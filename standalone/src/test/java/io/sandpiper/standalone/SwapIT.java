/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.archive.ModelSignatures;
import io.sandpiper.loadtest.load.Generator;
import io.sandpiper.loadtest.load.Ledger;
import io.sandpiper.loadtest.load.Outcome;
import io.sandpiper.loadtest.load.Pictures;
import io.sandpiper.loadtest.load.Target;
import io.sandpiper.loadtest.load.Workload;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.ModelSwapped;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Versions that follow each other while pictures keep coming. */
class SwapIT extends OneStandalone {

    private static final int SWAPS = Integer.getInteger("sandpiper.test.swaps", 2);
    private static final int SECONDS_BETWEEN = Integer.getInteger("sandpiper.test.swap-seconds", 2);
    private static final int RATE = 100;

    @Test
    void swapsUnderLoad_costNoPicture_andTheCertificateSaysSo() throws Exception {
        ModelVersion first = published("mnist");
        ModelVersion second = publishAgain(first, "2");
        Workload workload = Workload.load("swap-under-load")
                .of("mnist")
                .steady(Duration.ofSeconds((long) (SWAPS + 1) * SECONDS_BETWEEN), RATE);
        Generator generator = new Generator(
                new Target(running.standalone.kafka(), null, null), workload, Pictures.drawn(28), (sent, done) -> {});
        CompletableFuture<Outcome> load = CompletableFuture.supplyAsync(() -> run(generator));
        for (int swap = 0; swap < SWAPS; swap++) {
            TimeUnit.SECONDS.sleep(SECONDS_BETWEEN); // the schedule of the test, nothing is waited for
            promote(swap % 2 == 0 ? second : first);
        }

        Ledger.Verdict verdict = load.get().verdict();
        assertThat(verdict.isClean()).as(verdict.toString()).isTrue();
        assertThat(verdict.accepted()).isEqualTo((long) (SWAPS + 1) * SECONDS_BETWEEN * RATE);
        assertThat(verdict.states()).containsOnlyKeys(State.PREDICTED);
        assertThat(verdict.versions()).containsOnlyKeys("1", "2");

        Running.Ended certificate = running.run(null, "swap-certificate", "mnist", "2", "--around", "300");
        assertThat(certificate.exit()).as(certificate.toString()).isZero();
        assertThat(certificate.output().replaceAll(" +", " "))
                .contains("pictures " + verdict.accepted() + "\n", "answers " + verdict.accepted() + "\n")
                .contains("lost 0\n", "duplicated 0\n", "wrong version 0\n", "failed 0\n");

        answerOneAgain();
        Running.Ended planted = running.run(null, "swap-certificate", "mnist", "2", "--around", "300");
        assertThat(planted.exit()).isEqualTo(1);
        assertThat(planted.output().replaceAll(" +", " ")).contains("duplicated 1\n", "lost 0\n");
    }

    @Test
    void rollback_isWithAllWorkers_within5Seconds() throws Exception {
        ModelVersion second = publishAgain(published("cifar10"), "2");
        ModelPublished published = new ModelPublished(second, null, Instant.now());
        running.publish(Topics.MODEL_EVENTS.record(published.key(), published, "/test"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> running.run(null, "model", "promote", "cifar10", "2")
                        .output()
                        .contains("cifar10: version 2 serves."));
        await().atMost(Duration.ofSeconds(20)).until(() -> swaps("cifar10", "2").size() == 2);

        Instant asked = Instant.now();
        Running.Ended back = running.run(null, "model", "rollback", "cifar10", "--reason", "too many cats");

        assertThat(back.output()).as(back.toString()).contains("cifar10: version 1 serves.");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> swaps("cifar10", "1").stream()
                                .filter(at -> at.isAfter(asked))
                                .count()
                        == 2);
        assertThat(swaps("cifar10", "1")).allMatch(at -> at.isBefore(asked.plusSeconds(5)));
        assertThat(running.run(null, "model", "rollback", "cifar10").errors())
                .contains("No version of cifar10 served before");
        assertThat(running.run(null, "model", "promote", "cifar10", "3").errors())
                .contains("cifar10 has no version 3.");
    }

    /** When workers put that version into service. */
    private static List<Instant> swaps(String model, String version) {
        return running.records(Topics.WORKER_EVENTS).stream()
                .map(Topics.WORKER_EVENTS::value)
                .filter(swap -> swap.model().equals(model) && swap.version().equals(version))
                .map(ModelSwapped::at)
                .toList();
    }

    @Test
    void certificate_ofAVersionThatNeverServed_saysSo() {
        assertThat(running.run(null, "swap-certificate", "mnist", "77").errors())
                .contains("Version 77 of mnist was never promoted.");
    }

    private static Outcome run(Generator generator) {
        try {
            return generator.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ModelVersion published(String model) {
        return running.records(Topics.MODEL_EVENTS).stream()
                .map(Topics.MODEL_EVENTS::value)
                .filter(ModelPublished.class::isInstance)
                .map(event -> event.modelVersion())
                .filter(version -> version.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    /** The same files under another number, signed as the training worker does. */
    private static ModelVersion publishAgain(ModelVersion version, String number) throws Exception {
        try (var context = running.objectStore(data)) {
            ObjectStore store = context.getBean(ObjectStore.class);
            StoredArchive.files(store, version.model(), version.version())
                    .forEach((part, bytes) -> store.put(
                            ObjectKeys.archivePart(version.model(), number, part), bytes, "application/octet-stream"));
        }
        PrivateKey ours = ModelSignatures.privateKey(data.resolve("signing-key.pem"));
        return ModelSignatures.sign(
                new ModelVersion(
                        version.model(),
                        number,
                        version.version(),
                        version.labels(),
                        ObjectKeys.archivePart(version.model(), number, ModelArchive.MANIFEST),
                        version.manifestSha256(),
                        Map.of(),
                        null,
                        null,
                        null,
                        Instant.now()),
                ours);
    }

    private static void promote(ModelVersion version) throws Exception {
        ModelPromoted promoted = new ModelPromoted(version, "for the test", Instant.now());
        running.publish(Topics.MODEL_EVENTS.record(promoted.key(), promoted, "/test"));
    }

    private static void answerOneAgain() throws Exception {
        var answer = running.records(Topics.PREDICTIONS).get(0);
        running.publish(
                new ProducerRecord<>(Topics.PREDICTIONS.name(), null, answer.key(), answer.value(), answer.headers()));
    }
}
