/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTopologyTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private TopologyTestDriver driver;
    private TestInputTopic<String, PredictionCompleted> predictions;

    @BeforeEach
    void start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        driver = new TopologyTestDriver(LiveTopology.build(Duration.ofMinutes(1)), config, NOON);
        predictions = driver.createInputTopic(
                "predictions",
                new StringSerializer(),
                Topics.PREDICTIONS.valueSerde().serializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void answers_areCountedBySecondModelAndState() {
        send("a", State.PREDICTED, NOON);
        send("a", State.PREDICTED, NOON.plusMillis(999));
        send("a", State.REJECTED, NOON.plusMillis(500));
        send("b", State.PREDICTED, NOON.plusMillis(500));
        send("a", State.PREDICTED, NOON.plusSeconds(1));

        WindowStore<String, Long> counts = driver.getWindowStore(LiveTopology.COUNTS);
        assertThat(counts.fetch("a|PREDICTED", NOON.toEpochMilli())).isEqualTo(2);
        assertThat(counts.fetch("a|REJECTED", NOON.toEpochMilli())).isEqualTo(1);
        assertThat(counts.fetch("b|PREDICTED", NOON.toEpochMilli())).isEqualTo(1);
        assertThat(counts.fetch("a|PREDICTED", NOON.plusSeconds(1).toEpochMilli()))
                .isEqualTo(1);
    }

    @Test
    void onlyTheLastAnswers_areKept() {
        for (int i = 0; i < 3 * LiveTopology.RING; i++) {
            send("model-" + i, State.PREDICTED, NOON);
        }

        KeyValueStore<Integer, PredictionCompleted> latest = driver.getKeyValueStore(LiveTopology.LATEST);
        assertThat(latest.approximateNumEntries()).isEqualTo(LiveTopology.RING);
        latest.all().forEachRemaining(e -> assertThat(e.value.model()).matches("model-[45]\\d"));
    }

    @Test
    void countKey_isTakenApartAgain() {
        assertThat(LiveTopology.modelAndState("a|b|PREDICTED")).isEqualTo(Map.entry("a|b", "PREDICTED"));
    }

    private void send(String model, State state, Instant at) {
        predictions.pipeInput(
                "id",
                new PredictionCompleted(
                        "id",
                        model,
                        state,
                        "1",
                        null,
                        null,
                        List.of(),
                        null,
                        at,
                        at,
                        new Source("images", 0, 1),
                        "w",
                        null,
                        null),
                at);
    }
}
