/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.archive.ModelSignatures;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelRefused;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Somebody who can write to the bucket and to the topic promotes versions of their own: none of them serves. */
class RefusedVersionsIT {

    private static final int FIRST = 101;

    @TempDir
    private static Path data;

    private record Forgery(Map<String, byte[]> files, String manifestSha256, PrivateKey signer, String reason) {}

    @Test
    void forgedVersions_areRefusedWithTheReason_andTheOldOneServes() throws Exception {
        try (Running running = Running.on(data);
                ConfigurableApplicationContext context = running.objectStore(data)) {
            ObjectStore store = context.getBean(ObjectStore.class);
            PrivateKey ours = ModelSignatures.privateKey(data.resolve("signing-key.pem"));
            PrivateKey theirs =
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
            Map<String, byte[]> good = StoredArchive.files(store, "mnist", "1");
            String manifest = Sha256.of(good.get(ModelArchive.MANIFEST));

            byte[] weights = good.get(ModelArchive.ONNX);
            byte[] changed = weights.clone();
            changed[changed.length / 2] ^= 1;
            List<Forgery> forgeries = List.of(
                    new Forgery(good, "0".repeat(64), ours, "not the one that was published (sha256)"),
                    new Forgery(
                            with(good, Arrays.copyOf(weights, weights.length / 2)),
                            manifest,
                            ours,
                            "model.onnx is not the file that the manifest describes (sha256)"),
                    new Forgery(with(good, new byte[0]), manifest, ours, "model.onnx is not the file"),
                    new Forgery(with(good, changed), manifest, ours, "model.onnx is not the file"),
                    new Forgery(good, manifest, theirs, "signed by a key that is not trusted here"),
                    new Forgery(relabelled(good), "", ours, "a golden input gives"));

            try (var producer =
                    new KafkaProducer<>(running.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < forgeries.size(); i++) {
                    promote(store, producer, FIRST + i, forgeries.get(i));
                    awaitRefusal(
                            running, String.valueOf(FIRST + i), forgeries.get(i).reason());
                    Running.Answer answer = running.submit(DrawnDigits.png(i, 7), "Prefer", "wait=10");
                    assertThat(answer.get("modelVersion")).isEqualTo("1");
                    assertThat(answer.get("label")).isEqualTo(String.valueOf(i));
                }
            }

            Map<?, ?> told = (Map<?, ?>) running.get("/v1/models/mnist").get("refusals");
            assertThat(told).hasSize(forgeries.size());
            assertThat(String.valueOf(told.get(String.valueOf(FIRST))))
                    .contains("worker-1", "worker-2", forgeries.get(0).reason());

            // Workers that start now find a champion, and five before it, that they refuse.
            for (int worker = 1; worker <= 2; worker++) {
                running.standalone.stopWorker(worker);
                running.standalone.restartWorker(worker);
            }
            Running.Answer answer = running.submit(DrawnDigits.png(3, 8), "Prefer", "wait=30");
            assertThat(answer.get("modelVersion")).isEqualTo("1");
            assertThat(answer.get("label")).isEqualTo("3");
        }
    }

    private static void awaitRefusal(Running running, String version, String reason) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            Map<String, ModelRefused> refusals = running.records(Topics.MODEL_EVENTS).stream()
                    .map(Topics.MODEL_EVENTS::value)
                    .filter(ModelRefused.class::isInstance)
                    .map(ModelRefused.class::cast)
                    .filter(r -> r.modelVersion().version().equals(version))
                    .collect(Collectors.toMap(ModelRefused::worker, r -> r));
            assertThat(refusals.keySet()).isEqualTo(Set.of("worker-1", "worker-2"));
            assertThat(refusals.values())
                    .allSatisfy(r -> assertThat(r.reason().detail()).contains(reason));
        });
    }

    private static void promote(ObjectStore store, KafkaProducer<byte[], byte[]> producer, int number, Forgery forgery)
            throws Exception {
        String version = String.valueOf(number);
        forgery.files()
                .forEach((name, bytes) ->
                        store.put(ObjectKeys.archivePart("mnist", version, name), bytes, "application/octet-stream"));
        String sha256 = forgery.manifestSha256().isEmpty()
                ? Sha256.of(forgery.files().get(ModelArchive.MANIFEST))
                : forgery.manifestSha256();
        ModelVersion unsigned = new ModelVersion(
                "mnist",
                version,
                "1",
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                ObjectKeys.archivePart("mnist", version, ModelArchive.MANIFEST),
                sha256,
                Map.of(),
                null,
                null,
                null,
                Instant.now());
        ModelPromoted promoted =
                new ModelPromoted(ModelSignatures.sign(unsigned, forgery.signer()), "because I say so", Instant.now());
        producer.send(Topics.MODEL_EVENTS.record(promoted.key(), promoted, "/somebody"))
                .get();
    }

    private static Map<String, byte[]> with(Map<String, byte[]> files, byte[] onnx) {
        Map<String, byte[]> changed = new LinkedHashMap<>(files);
        changed.put(ModelArchive.ONNX, onnx);
        return changed;
    }

    /** Other answers than the golden set's: the network of a thief, with everything else in order. */
    private static Map<String, byte[]> relabelled(Map<String, byte[]> files) {
        Map<String, byte[]> changed = new LinkedHashMap<>(files);
        Map<?, ?> golden = Json.read(files.get(ModelArchive.GOLDEN), Map.class);
        List<?> rows = (List<?>) golden.get("probabilities");
        List<List<?>> reversed = rows.stream()
                .map(row -> {
                    List<Object> values = new java.util.ArrayList<>((List<?>) row);
                    java.util.Collections.reverse(values);
                    return (List<?>) values;
                })
                .collect(Collectors.toList());
        byte[] forged = Json.write(Map.of("inputs", golden.get("inputs"), "probabilities", reversed));
        String manifest = new String(files.get(ModelArchive.MANIFEST), StandardCharsets.UTF_8)
                .replace(Sha256.of(files.get(ModelArchive.GOLDEN)), Sha256.of(forged));
        changed.put(ModelArchive.GOLDEN, forged);
        changed.put(ModelArchive.MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
        return changed;
    }
}
