/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The topics that are created, and the messages that have schemas, are those of asyncapi.yaml. */
class TopicContractTest {

    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    /** Files in the object store, not records. */
    private static final Set<String> NO_MESSAGES =
            Set.of("ModelManifest", "DatasetCheck", "EvaluationReport", "ServingProfile");

    private final Map<String, Object> document = read();

    @Test
    void everyTopic_isDescribed_asItIsCreated() {
        Map<String, String> described = new TreeMap<>();
        for (Object channel : map(document.get("channels")).values()) {
            Map<String, Object> kafka = map(map(map(channel).get("bindings")).get("kafka"));
            assertThat(kafka.get("topic")).isEqualTo(map(channel).get("address"));
            described.put(
                    String.valueOf(map(channel).get("address")),
                    kafka.get("partitions") + " " + config(map(kafka.get("topicConfiguration"))));
        }
        Map<String, String> created = Stream.concat(Topics.ALL.stream(), Stream.of(Topics.images("{model}")))
                .collect(Collectors.toMap(
                        Topic::name,
                        topic -> topic.partitions() + " " + new TreeMap<>(topic.config()),
                        (a, b) -> a,
                        TreeMap::new));

        assertThat(described).isEqualTo(created);
    }

    @Test
    void everyMessage_isDescribed_byItsSchema() throws IOException {
        Map<String, Object> messages = map(map(document.get("components")).get("messages"));
        Set<String> withSchemas = messages.entrySet().stream()
                .filter(m -> String.valueOf(m.getValue()).contains("schema.json"))
                .map(m -> {
                    Map<String, Object> message = map(m.getValue());
                    assertThat(message.get("name")).isEqualTo("io.sandpiper." + m.getKey() + ".v1");
                    assertThat(map(map(message.get("payload")).get("schema")).get("$ref"))
                            .isEqualTo("../schemas/" + m.getKey() + ".v1.schema.json");
                    return m.getKey();
                })
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".v1.schema.json", ""))
                            .filter(name -> !NO_MESSAGES.contains(name)))
                    .containsExactlyInAnyOrderElementsOf(withSchemas);
        }
    }

    /** As Kafka has it: lists with commas. */
    private static Map<String, String> config(Map<String, Object> configuration) {
        Map<String, String> config = new TreeMap<>();
        configuration.forEach((key, value) -> config.put(
                key,
                value instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : String.valueOf(value)));
        return config;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static Map<String, Object> read() {
        try (InputStream in = TopicContractTest.class.getResourceAsStream("/contract/asyncapi.yaml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
