/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.ingest.result.DeliverySender.Outcome;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class WebhookTopologyTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration LOOK = Duration.ofMillis(100);

    @TempDir
    private Path state;

    private final List<Delivery> posted = new ArrayList<>();
    private Mono<Outcome> outcome = Mono.just(Outcome.DELIVERED);
    private TopologyTestDriver driver;
    private TestInputTopic<String, PredictionCompleted> predictions;

    @BeforeEach
    void open() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(
                ResultTopology.build(Topics.ANSWER_RETENTION, answer -> {}, delivery -> {
                    posted.add(delivery);
                    return outcome;
                }),
                config,
                NOW);
        predictions = driver.createInputTopic(
                Topics.PREDICTIONS.name(),
                Topics.PREDICTIONS.keySerde().serializer(),
                Topics.PREDICTIONS.valueSerde().serializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void answer_isPostedOnce_andForgotten() {
        send("a", "https://example.org/");
        send("a", "https://example.org/");
        send("b", null);

        look();
        look();

        assertThat(posted).extracting(Delivery::id).containsExactly("a");
        assertThat(due()).isZero();
    }

    @Test
    void failure_isTriedAgain_laterEachTime_untilItIsGivenUp() {
        outcome = Mono.just(Outcome.FAILED);
        send("a", "https://example.org/");

        List<Duration> at = new ArrayList<>();
        for (Duration since = Duration.ZERO; since.compareTo(Duration.ofHours(2)) < 0; since = since.plusSeconds(4)) {
            int before = posted.size();
            driver.advanceWallClockTime(Duration.ofSeconds(4));
            if (posted.size() > before) {
                at.add(since);
            }
        }

        assertThat(posted).extracting(Delivery::attempt).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(posted).extracting(Delivery::id).containsOnly("a");
        for (int i = 2; i < at.size(); i++) {
            assertThat(at.get(i).minus(at.get(i - 1)))
                    .isGreaterThan(at.get(i - 1).minus(at.get(i - 2)));
        }
        assertThat(due()).isZero();
    }

    @Test
    void refusal_isNotTriedAgain() {
        outcome = Mono.just(Outcome.REFUSED);
        send("a", "https://example.org/");
        look();
        look();
        driver.advanceWallClockTime(Duration.ofHours(1));

        assertThat(posted).hasSize(1);
        assertThat(due()).isZero();
    }

    @Test
    void receiverThatHangs_isAskedForFewAtOnce_andNothingIsForgotten() {
        Sinks.One<Outcome> hanging = Sinks.one();
        outcome = hanging.asMono();
        for (int i = 0; i < 100; i++) {
            send("id-" + i, "https://example.org/");
        }

        look();
        look();

        assertThat(posted).hasSize(32);
        assertThat(due()).isEqualTo(100);
        hanging.tryEmitValue(Outcome.DELIVERED);
        for (int i = 0; i < 5; i++) {
            look();
        }
        assertThat(posted).extracting(Delivery::id).hasSize(100).doesNotHaveDuplicates();
        assertThat(due()).isZero();
    }

    private void look() {
        driver.advanceWallClockTime(LOOK);
    }

    private int due() {
        int due = 0;
        try (var all =
                driver.<String, Delivery>getKeyValueStore(WebhookTopology.DUE).all()) {
            while (all.hasNext()) {
                all.next();
                due++;
            }
        }
        return due;
    }

    private void send(String name, @Nullable String callback) {
        predictions.pipeInput(
                name.equals("b") ? UUID.randomUUID().toString() : name,
                new PredictionCompleted(
                        name,
                        "mnist",
                        State.PREDICTED,
                        "1",
                        "7",
                        0.9,
                        List.of(),
                        null,
                        NOW,
                        null,
                        NOW,
                        new Source("images", 0, 1),
                        "w",
                        callback,
                        null),
                NOW);
    }
}
