/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaHeaders;

/** Records that no worker could read: seen, and sent back. */
class DeadLetterIT extends SharedStandalone {

    private static final int LONGEST = Integer.parseInt(Topics.IMAGES.config().get("max.message.bytes"));

    /** Of Kafka's record format; there is more around a value, which is found by trying. */
    private static final int BATCH_HEADER = 61;

    @Test
    void recordThatNamesNoModel_isListed_withItsReason_andComesAgainWhenItIsReplayed() throws Exception {
        send(new ProducerRecord<>("images", "nobody", "hello".getBytes(StandardCharsets.UTF_8)));
        await().atMost(Duration.ofSeconds(20)).until(() -> letters("nobody").size() == 1);
        Map<?, ?> dead = letters("nobody").get(0);

        assertThat(dead.get("key")).isEqualTo("nobody");
        assertThat(dead.get("topic")).isEqualTo("images");
        assertThat(dead.get("bytes")).isEqualTo(5);
        assertThat(String.valueOf(dead.get("reason"))).contains("ce_model");
        Running.Ended list = running.run(null, "dlt", "list");
        assertThat(list.output()).contains(String.valueOf(dead.get("id")), "images", "ce_model");

        assertThat(running.run(null, "dlt", "replay", String.valueOf(dead.get("id"))))
                .satisfies(ended -> assertThat(ended.exit()).isZero())
                .satisfies(ended -> assertThat(ended.output()).contains("is in images again"));
        await().atMost(Duration.ofSeconds(20)).until(() -> letters("nobody").size() == 2);
        assertThat(running.records(Topics.IMAGES).stream()
                        .filter(r -> new String(r.key(), StandardCharsets.UTF_8).equals("nobody")))
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.headers().lastHeader(KafkaHeaders.DLT_EXCEPTION_MESSAGE))
                        .isNull());
    }

    /** As a worker leaves it that could not read what a newer one can. */
    @Test
    void recordWhoseFaultIsMended_isAnswered_once() throws Exception {
        String id = UUID.randomUUID().toString();
        var dead = new ProducerRecord<>("images-dlt", id, DrawnDigits.png(4, 2));
        dead.headers().add("ce_model", "mnist".getBytes(StandardCharsets.UTF_8));
        dead.headers().add(KafkaHeaders.DLT_ORIGINAL_TOPIC, "images".getBytes(StandardCharsets.UTF_8));
        long offset = send(dead);
        Map<?, ?> letter = letters(id).get(0);
        assertThat(String.valueOf(letter.get("id"))).endsWith("-" + offset);

        assertThat(replay(String.valueOf(letter.get("id"))).status()).isEqualTo(202);
        assertThat(replay(String.valueOf(letter.get("id"))).status()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> running.get("/v1/predictions/" + id).status() == 200);
        assertThat(running.get("/v1/predictions/" + id).get("label")).isEqualTo("4");
    }

    /** With what is said of it, a dead letter is longer than the record it was. */
    @Test
    void recordAsLongAsItsTopicTakes_isADeadLetterToo_once() throws Exception {
        Map<String, Object> config = new HashMap<>(running.kafka());
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * LONGEST);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            int length = LONGEST - BATCH_HEADER;
            while (!isTaken(producer, new byte[length])) {
                length--;
            }
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> letters("long").size() == 1);
        String id = submitted(running.submit(DrawnDigits.png(4, 2)));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> running.get("/v1/predictions/" + id).status() == 200);
        assertThat(letters("long")).hasSize(1);
    }

    private static boolean isTaken(KafkaProducer<String, byte[]> producer, byte[] value) throws Exception {
        try {
            producer.send(new ProducerRecord<>("images", "long", value)).get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(RecordTooLargeException.class);
            return false;
        }
    }

    private static String submitted(Running.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return String.valueOf(answer.get("id"));
    }

    @Test
    void recordThatIsNotThere_orMayGoNowhere_isRefused() throws Exception {
        var lost = new ProducerRecord<>("images-dlt", 3, "lost", new byte[] {1});
        lost.headers().add(KafkaHeaders.DLT_ORIGINAL_TOPIC, "api-keys".getBytes(StandardCharsets.UTF_8));
        lost.headers().add(KafkaHeaders.DLT_EXCEPTION_MESSAGE, null);
        long offset = send(lost);
        assertThat(letters("lost"))
                .anySatisfy(letter -> assertThat(letter.get("id")).isEqualTo("3-" + offset));

        for (String id : List.of("3-" + offset, "3-999999", "99-0", "x", "-1-0", "0")) {
            assertThat(replay(id).status()).as(id).isEqualTo(404);
        }
        assertThat(running.get("/v1/dead-letters?limit=0").status()).isEqualTo(400);
    }

    private static Running.Answer replay(String id) throws Exception {
        return running.call(
                running.request("/v1/dead-letters/" + id + "/replay").POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static List<Map<?, ?>> letters(String key) throws Exception {
        Map<?, ?>[] all = Json.read(running.get("/v1/dead-letters").response().body(), Map[].class);
        List<Map<?, ?>> letters = new ArrayList<>(List.of(all));
        letters.removeIf(letter -> !key.equals(letter.get("key")));
        return letters;
    }

    private static long send(ProducerRecord<String, byte[]> record) throws Exception {
        try (var producer = new KafkaProducer<>(running.kafka(), new StringSerializer(), new ByteArraySerializer())) {
            return producer.send(record).get().offset();
        }
    }
}
