/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.ingest.result.DeliverySender.Outcome;
import io.sandpiper.schemas.BulkEntryRefused;
import io.sandpiper.schemas.BulkEvent;
import io.sandpiper.schemas.BulkReceived;
import io.sandpiper.schemas.BulkRef;
import io.sandpiper.schemas.BulkStarted;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class ResultTopologyTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final List<PredictionCompleted> told = new ArrayList<>();

    @TempDir
    private Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<String, PredictionCompleted> predictions;

    @BeforeEach
    void start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        driver = new TopologyTestDriver(
                ResultTopology.build(Duration.ofHours(24), told::add, delivery -> Mono.just(Outcome.REFUSED)),
                config,
                NOW);
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
    void answer_isFoundUnderItsId() {
        String id = v7(NOW);
        predictions.pipeInput(id, answer(id, "7"), NOW.plusSeconds(1));

        assertThat(find(id)).isEqualTo(answer(id, "7"));
        assertThat(find(v7(NOW))).isNull();
        assertThat(told).hasSize(1);
    }

    @Test
    void secondAnswer_changesNothing() {
        String id = v7(NOW);
        predictions.pipeInput(id, answer(id, "7"), NOW);
        predictions.pipeInput(id, answer(id, "1"), NOW.plusSeconds(1));

        assertThat(find(id)).isEqualTo(answer(id, "7"));
        assertThat(told).hasSize(1);
    }

    @Test
    void idsThatOtherSystemsChose_areFoundAsWell() {
        for (String id : List.of("order-4711", UUID.randomUUID().toString(), v7(NOW.minus(Duration.ofDays(400))))) {
            predictions.pipeInput(id, answer(id, "7"), NOW);
            predictions.pipeInput(id, answer(id, "1"), NOW.plusSeconds(1));

            assertThat(find(id)).as(id).isEqualTo(answer(id, "7"));
        }
    }

    @Test
    void idFromTheFarFuture_doesNotExpireTheOthers() {
        String future = v7(NOW.plus(Duration.ofDays(4000)));
        String id = v7(NOW);
        predictions.pipeInput(future, answer(future, "7"), NOW);
        predictions.pipeInput(id, answer(id, "3"), NOW);

        assertThat(find(id)).isEqualTo(answer(id, "3"));
        assertThat(find(future)).isEqualTo(answer(future, "7"));
    }

    @Test
    void poisonRecord_isPassedOver() {
        var raw = driver.createInputTopic("predictions", new StringSerializer(), new ByteArraySerializer());
        String id = v7(NOW);
        raw.pipeInput(id, "no json".getBytes(StandardCharsets.UTF_8), NOW);
        predictions.pipeInput(id, answer(id, "7"), NOW);

        assertThat(find(id)).isEqualTo(answer(id, "7"));
    }

    @Test
    void trainingJob_isKnownByItsLastEvent() {
        TrainingEvent last = new TrainingCompleted("job", "mnist", "2", 0.99, true, "better", null, null, NOW);
        driver.createInputTopic(
                        "training-events",
                        new StringSerializer(),
                        Topics.TRAINING_EVENTS.valueSerde().serializer())
                .pipeInput("job", last);

        assertThat(driver.<String, TrainingEvent>getKeyValueStore(ResultTopology.TRAINING_JOBS)
                        .get("job"))
                .isEqualTo(last);
    }

    @Test
    void firstClaimOfAKey_decides_untilItIsGivenUp() {
        TestInputTopic<String, IdempotencyKeyUsed> keys = driver.createInputTopic(
                "idempotency-keys",
                new StringSerializer(),
                Topics.IDEMPOTENCY_KEYS.valueSerde().serializer());
        IdempotencyKeyUsed first = claim("first", NOW);
        IdempotencyKeyUsed second = claim("second", NOW.plusSeconds(1));
        keys.pipeInput("hash", first, NOW);
        keys.pipeInput("hash", second, NOW.plusSeconds(1));
        keys.pipeInput("hash", second.asPublished(), NOW.plusSeconds(2));
        assertThat(key()).isEqualTo(first);

        IdempotencyKeyUsed third =
                claim("third", NOW.plus(IdempotencyKeyUsed.TAKEOVER).plusSeconds(1));
        keys.pipeInput("hash", third, third.at());
        assertThat(key()).as("nothing came of the first").isEqualTo(third);

        keys.pipeInput("hash", first.asPublished(), third.at());
        assertThat(key()).as("too late").isEqualTo(third);
        keys.pipeInput("hash", third.asPublished(), third.at());
        keys.pipeInput("hash", claim("fourth", NOW.plus(Duration.ofHours(1))), NOW.plus(Duration.ofHours(1)));
        assertThat(key()).as("settled").isEqualTo(third.asPublished());
    }

    private IdempotencyKeyUsed key() {
        return InstantStore.latest(
                driver.getWindowStore(KeyTopology.KEYS),
                "hash",
                NOW.plus(Duration.ofHours(2)).toEpochMilli());
    }

    private static IdempotencyKeyUsed claim(String attempt, Instant at) {
        return new IdempotencyKeyUsed("hash", "id-" + attempt, "body", attempt, false, at);
    }

    @Test
    void entriesOfABulkJob_comeTogether_once() {
        TestInputTopic<String, BulkEvent> events = driver.createInputTopic(
                "bulk-jobs",
                new StringSerializer(),
                Topics.BULK_JOBS.valueSerde().serializer());
        String job = v7(NOW);
        events.pipeInput(job, new BulkStarted(job, "mnist", NOW), NOW);
        predictions.pipeInput("a", inBulk("a", job, 1), NOW);
        predictions.pipeInput("a", inBulk("other", job, 1), NOW);
        events.pipeInput(job, new BulkEntryRefused(job, 0, "x", State.REJECTED, new Reason("c", "d"), NOW), NOW);
        events.pipeInput(job, new BulkReceived(job, 2, null, NOW), NOW);

        var entries = driver.<String, BulkEntry>getKeyValueStore(BulkTopology.ENTRIES);
        assertThat(entries.get(BulkTopology.entryKey(job, 0)).state()).isEqualTo(State.REJECTED);
        assertThat(entries.get(BulkTopology.entryKey(job, 1)).predictionId()).isEqualTo("a");
        var jobs = driver.<String, BulkJob>getKeyValueStore(BulkTopology.JOBS);
        assertThat(jobs.get(job).entries()).isEqualTo(2);

        driver.advanceWallClockTime(Duration.ofHours(23));
        assertThat(jobs.get(job)).isNotNull();
        driver.advanceWallClockTime(Duration.ofHours(2));
        assertThat(jobs.get(job)).as("swept").isNull();
        assertThat(entries.get(BulkTopology.entryKey(job, 1))).isNull();
    }

    private static PredictionCompleted inBulk(String id, String job, int index) {
        PredictionCompleted plain = answer(id, "7");
        return new PredictionCompleted(
                id,
                plain.model(),
                plain.state(),
                plain.modelVersion(),
                plain.label(),
                plain.probability(),
                plain.top(),
                plain.reason(),
                plain.submittedAt(),
                null,
                plain.completedAt(),
                plain.source(),
                plain.worker(),
                null,
                new BulkRef(job, index, "name"));
    }

    private PredictionCompleted find(String id) {
        return AnswerStore.find(
                driver.getWindowStore(ResultTopology.PREDICTIONS),
                id,
                NOW.plusSeconds(2).toEpochMilli());
    }

    private static String v7(Instant time) {
        UUID random = UUID.randomUUID();
        long high = (time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }

    private static PredictionCompleted answer(String id, String label) {
        return new PredictionCompleted(
                id,
                "mnist",
                State.PREDICTED,
                "1",
                label,
                0.9,
                List.of(),
                null,
                NOW,
                null,
                NOW,
                new Source("images", 0, 1),
                "w",
                null,
                null);
    }
}
