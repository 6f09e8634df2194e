/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.Json;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A client that knows Kafka and docs/kafka-clients.md, and nothing of ours: its methods are the snippets there. */
class KafkaClientIT extends SharedStandalone {

    private static final Path DOCUMENT = Path.of("..", "docs", "kafka-clients.md");
    private static final Path THIS = Path.of("src/test/java/io/sandpiper/standalone/KafkaClientIT.java");

    @Test
    void pictureIsSent_andItsAnswerRead() throws Exception {
        String id = send(running.standalone.kafka(), DrawnDigits.png(7, 3));

        Map<?, ?> answer = Json.read(await(running.standalone.kafka(), id).getBytes(StandardCharsets.UTF_8), Map.class);

        assertThat(answer.get("state")).isEqualTo("PREDICTED");
        assertThat(answer.get("label")).isEqualTo("7");
        Running.Answer overHttp = running.get("/v1/predictions/" + id + "?wait=10");
        assertThat(overHttp.get("label")).isEqualTo("7");
    }

    @Test
    void whatTheDocumentShows_isWhatRunsHere() throws IOException {
        String here = bare(Files.readString(THIS));

        List<String> snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult snippet) -> bare(snippet.group(1)))
                .toList();

        assertThat(snippets).hasSize(2).allSatisfy(snippet -> assertThat(here).contains(snippet));
    }

    private static String send(String brokers, byte[] picture) throws Exception {
        Properties config = new Properties();
        config.put("bootstrap.servers", brokers);
        config.put("acks", "all");
        config.put("enable.idempotence", "true");
        config.put("max.request.size", "11000000");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            String id = UUID.randomUUID().toString();
            var record = new ProducerRecord<>("images", id, picture);
            record.headers().add("ce_model", "mnist".getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
            return id;
        }
    }

    private static String await(String brokers, String id) {
        Properties config = new Properties();
        config.put("bootstrap.servers", brokers);
        config.put("group.id", "my-application");
        config.put("isolation.level", "read_committed");
        config.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("predictions"));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    if (record.key().equals(id)) {
                        return record.value();
                    }
                }
            }
        }
    }

    /** Without the white space. */
    private static String bare(String code) {
        return code.replaceAll("\\s+", "");
    }
}
