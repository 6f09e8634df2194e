/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Workers that share partitions, workers that share records, and a fleet that changes from the one to the other. */
class ConsumptionIT {

    private static final String CONSUMPTION = "sandpiper.inference.consumption";
    private static final int PICTURES = 100;

    private static final int NAMELESS = 20;
    /** A share group's own count stands a little behind: what it acknowledged last comes again to whoever takes over. */
    private static final int LAST_OF_EACH_PARTITION = PICTURES / 4;

    private final Set<String> ids = new HashSet<>();

    @AfterEach
    void reset() {
        System.clearProperty(CONSUMPTION);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "sandpiper.test.nightly",
            matches = "true",
            disabledReason = "a fleet changes its way once in its life, if ever: -Dsandpiper.test.nightly=true")
    void dayOfPictures_isNotAnsweredAgain_whenTheFleetChangesItsWay(@TempDir Path data) throws Exception {
        System.setProperty(CONSUMPTION, "partition");
        try (Running running = Running.on(data)) {
            submitAndAwait(running, "partition");
            change(running, "share");
            submitAndAwait(running, "share");
            change(running, "partition");
            submitAndAwait(running, "partition");
        }
    }

    private static void change(Running running, String consumption) throws Exception {
        System.setProperty(CONSUMPTION, consumption);
        for (int worker = 1; worker <= 2; worker++) {
            running.standalone.stopWorker(worker);
        }
        for (int worker = 1; worker <= 2; worker++) {
            running.standalone.restartWorker(worker);
        }
    }

    private void submitAndAwait(Running running, String consumption) throws Exception {
        int dead = running.records(Topics.IMAGES_DLT).size();
        sendNameless(running);
        for (int i = 0; i < PICTURES; i++) {
            Running.Answer answer = running.submit(DrawnDigits.png(i % 10, i));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            ids.add(String.valueOf(answer.get("id")));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(answered(running)).containsAll(ids));
        assertThat(running.records(Topics.PREDICTIONS))
                .as(consumption)
                .hasSizeBetween(ids.size(), ids.size() + LAST_OF_EACH_PARTITION);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(running.records(Topics.IMAGES_DLT)).hasSize(dead + NAMELESS));
        // Whatever was answered in either way does not wait any more.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Running.Answer answer = running.submit(DrawnDigits.png(1, 1));
            ids.add(String.valueOf(answer.get("id")));
            assertThat(((Number) answer.get("position")).intValue())
                    .as(consumption)
                    .isLessThan(LAST_OF_EACH_PARTITION);
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(answered(running)).containsAll(ids));
    }

    /** Records that name nobody to answer. */
    private static void sendNameless(Running running) throws Exception {
        try (var producer =
                new KafkaProducer<>(running.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < NAMELESS; i++) {
                producer.send(new ProducerRecord<>(Topics.IMAGES.name(), new byte[] {(byte) i}))
                        .get();
            }
        }
    }

    private static Set<String> answered(Running running) {
        Set<String> answered = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : running.records(Topics.PREDICTIONS)) {
            answered.add(Topics.PREDICTIONS.key(record));
        }
        return answered;
    }
}
