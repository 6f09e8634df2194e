/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What waits in the topic of pictures: over a restart of the broker, and with records in it that no worker can use. */
class BacklogIT {

    private static final int PENDING = 500;
    private static final int GOOD = 1_000;
    private static final int POISON = 1_000;
    private static final int MEBIBYTE = 1 << 20;

    @Test
    @EnabledIfSystemProperty(
            named = "sandpiper.test.nightly",
            matches = "true",
            disabledReason = "WorkerRestartIT restarts the broker with every change: -Dsandpiper.test.nightly=true")
    void picturesThatWait_whileTheBrokerRestarts_areAnswered_onceEach(@TempDir Path data) throws Exception {
        Set<String> ids = new HashSet<>();
        Map<String, Uuid> topics;
        try (Running running = Running.withoutWorkers(data)) {
            for (int i = 0; i < PENDING; i++) {
                Running.Answer answer = running.submit(DrawnDigits.png(i % 10, i));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
                ids.add(String.valueOf(answer.get("id")));
            }
            topics = topicIds(running);
            assertThat(running.records(Topics.PREDICTIONS)).isEmpty();
        }
        try (Running again = Running.on(data)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(again.records(Topics.PREDICTIONS)).hasSize(PENDING));
            assertThat(answers(again).stream().map(PredictionCompleted::predictionId))
                    .containsExactlyInAnyOrderElementsOf(ids);
            assertThat(topicIds(again)).isEqualTo(topics);
        }
    }

    @Test
    void recordsThatNoWorkerCanUse_areOnRecord_andHoldUpNobody(@TempDir Path data) throws Exception {
        try (Running running = Running.on(data)) {
            long started = System.nanoTime();
            send(running);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(running.records(Topics.PREDICTIONS)).hasSize(GOOD + POISON * 4 / 6);
                assertThat(running.records(Topics.IMAGES_DLT)).hasSize(POISON * 2 / 6 + 1);
                assertThat(lag(running)).isZero();
            });
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(60));

            Map<State, Long> states = answers(running).stream()
                    .collect(Collectors.groupingBy(PredictionCompleted::state, Collectors.counting()));
            assertThat(states.get(State.PREDICTED)).isEqualTo(GOOD);
            assertThat(states.get(State.REJECTED) + states.get(State.FAILED)).isEqualTo(POISON * 4 / 6);
            assertThat(answers(running).stream()
                            .filter(a -> a.predictionId().startsWith("good"))
                            .map(PredictionCompleted::state))
                    .containsOnly(State.PREDICTED);
        }
    }

    /** One of each, turn by turn. */
    private static void send(Running running) {
        Map<String, Object> config = new HashMap<>(running.kafka());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * MEBIBYTE);
        byte[] large = new byte[MEBIBYTE];
        new Random(1).nextBytes(large);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < GOOD; i++) {
                producer.send(picture("good-" + i, "mnist", DrawnDigits.png(i % 10, i)));
                producer.send(poison(i, large));
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> poison(int i, byte[] large) {
        return switch (i % 6) {
            // Nobody to answer.
            case 0 -> new ProducerRecord<>(Topics.IMAGES.name(), bytes("no-model-" + i), DrawnDigits.png(1, i));
            case 1 ->
                new ProducerRecord<>(
                        Topics.IMAGES.name(),
                        null,
                        picture("x", "mnist", bytes("x")).value());
            // Somebody to answer.
            case 2 -> picture("text-" + i, "mnist", bytes("{\"not\": \"a picture\"}"));
            case 3 -> picture("empty-" + i, "mnist", new byte[0]);
            case 4 -> picture("nobody-serves-" + i, "no-such-model", DrawnDigits.png(1, i));
            default -> picture("noise-" + i, "mnist", large);
        };
    }

    private static ProducerRecord<byte[], byte[]> picture(String id, String model, byte[] picture) {
        return new ImageSubmitted(id, model, "image/png", Instant.now(), picture).toRecord("/test");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<PredictionCompleted> answers(Running running) {
        return running.records(Topics.PREDICTIONS).stream()
                .map(Topics.PREDICTIONS::value)
                .toList();
    }

    private static long lag(Running running) throws Exception {
        try (Admin admin = Admin.create(running.kafka())) {
            var committed = admin.listConsumerGroupOffsets(Lane.INTERACTIVE.group())
                    .partitionsToOffsetAndMetadata()
                    .get();
            var ends = admin.listOffsets(committed.keySet().stream()
                            .collect(Collectors.toMap((TopicPartition p) -> p, p -> OffsetSpec.latest())))
                    .all()
                    .get();
            return ends.entrySet().stream()
                    .mapToLong(e ->
                            e.getValue().offset() - committed.get(e.getKey()).offset())
                    .sum();
        }
    }

    private static Map<String, Uuid> topicIds(Running running) throws Exception {
        try (Admin admin = Admin.create(running.kafka())) {
            return admin.listTopics().listings().get().stream()
                    .filter(topic -> !topic.isInternal())
                    .filter(topic ->
                            Topics.ALL.stream().anyMatch(ours -> ours.name().equals(topic.name())))
                    .collect(Collectors.toMap(topic -> topic.name(), topic -> topic.topicId()));
        }
    }
}
