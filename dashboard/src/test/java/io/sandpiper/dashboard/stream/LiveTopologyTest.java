/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.dashboard.stream.LiveTopology.Accuracy;
import io.sandpiper.dashboard.stream.LiveView.Slot;
import io.sandpiper.dashboard.stream.LiveView.WorkerNow;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.LabelGiven;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingFailed;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTopologyTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TopologyTestDriver driver;
    private TestInputTopic<String, PredictionCompleted> predictions;
    private TestInputTopic<String, LabelGiven> feedback;

    @BeforeEach
    void start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        driver = new TopologyTestDriver(
                LiveTopology.build(new Lanes(List.of("cats")), MINUTE, Duration.ofHours(1)), config, NOON);
        predictions = input(Topics.PREDICTIONS);
        feedback = input(Topics.FEEDBACK);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void answers_areAddedUpBySecondModelAndLane() {
        send("digits", State.PREDICTED, "images", NOON, 10);
        send("digits", State.PREDICTED, "images", NOON.plusMillis(999), 30);
        send("digits", State.PREDICTED, "images-bulk", NOON.plusMillis(1), 20);
        send("cats", State.REJECTED, "images.cats", NOON.plusMillis(500), 20);
        send("digits", State.PREDICTED, "images", NOON.plusSeconds(1), 500);

        List<Slot> seconds = seconds(NOON.plusSeconds(3)).slots();
        assertThat(seconds).hasSize(60).last().extracting(Slot::answers).isEqualTo(Map.of());
        Slot noon = seconds.get(57);
        assertThat(noon.at()).isEqualTo(NOON);
        assertThat(noon.answers())
                .isEqualTo(Map.of("digits", Map.of("interactive", 2L, "bulk", 1L), "cats", Map.of("cats", 1L)));
        assertThat(noon.states()).isEqualTo(Map.of(State.PREDICTED, 3L, State.REJECTED, 1L));
        assertThat(noon.latencyMillis()).isEqualTo(new LiveView.Latency(20, 30, 30));
        assertThat(seconds.get(58).latencyMillis())
                .extracting(LiveView.Latency::p50)
                .isEqualTo(501L);
        assertThat(seconds.get(59).latencyMillis()).isNull();
    }

    @Test
    void whatComesLater_isAddedToItsSecond() {
        send("digits", State.PREDICTED, "images", NOON, 10);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        send("digits", State.PREDICTED, "images", NOON.plusMillis(5), 10);

        assertThat(seconds(NOON.plusSeconds(2)).slots().get(58).states()).isEqualTo(Map.of(State.PREDICTED, 2L));
    }

    @Test
    void minutes_areAddedUpAsWell() {
        for (int i = 0; i < 61; i++) {
            send("digits", State.PREDICTED, "images", NOON.plusSeconds(i), 10);
        }
        driver.advanceWallClockTime(Duration.ofSeconds(30));

        List<Slot> minutes = Slices.read(
                        driver.getKeyValueStore(LiveTopology.MINUTES),
                        MINUTE,
                        NOON.plusSeconds(150),
                        Duration.ofMinutes(3))
                .slots();
        assertThat(minutes)
                .extracting(Slot::states)
                .containsExactly(Map.of(), Map.of(State.PREDICTED, 60L), Map.of(State.PREDICTED, 1L));
    }

    @Test
    void oldSlots_areForgotten() {
        send("digits", State.PREDICTED, "images", NOON, 10);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        KeyValueStore<String, Slice> store = driver.getKeyValueStore(LiveTopology.SECONDS);
        assertThat(store.approximateNumEntries()).isEqualTo(1);

        driver.advanceWallClockTime(MINUTE.multipliedBy(2));
        assertThat(store.approximateNumEntries()).isZero();
    }

    @Test
    void workersAndClasses_areToldWithTheVersionThatAnsweredLast() {
        send("digits", State.PREDICTED, "images", NOON, 10);
        send("digits", State.REJECTED, "images", NOON.plusSeconds(20), 10);
        send("cats", State.PREDICTED, "images", NOON.plusSeconds(19), 10);

        Slices seconds = seconds(NOON.plusSeconds(21));
        assertThat(seconds.workers(Duration.ofSeconds(10)))
                .containsExactly(new WorkerNow(
                        "worker-1",
                        0.2,
                        Map.of("digits", "3", "cats", "3"),
                        NOON.plusSeconds(20).plusMillis(10)));
        assertThat(seconds.byModel().get("digits").labels()).isEqualTo(Map.of("7", 1L));
        assertThat(seconds.lastAnswer()).isEqualTo(NOON.plusSeconds(20).plusMillis(10));
    }

    @Test
    void ofAPredictionThatIsSpokenOfTwice_theLastWordCounts() {
        say("a", "7");
        say("b", "1");
        assertThat(accuracy()).isEqualTo(new Accuracy(2, 1));

        say("b", "7");
        assertThat(accuracy()).isEqualTo(new Accuracy(2, 2));

        feedback.pipeInput("a", null);
        assertThat(accuracy()).isEqualTo(new Accuracy(1, 1));
    }

    @Test
    void ofDriftAndTrainings_theLastIsKept() {
        TestInputTopic<String, DriftMeasured> drift = input(Topics.DRIFT);
        drift.pipeInput("digits/3", drift(false));
        drift.pipeInput("digits/3", drift(true));
        TestInputTopic<String, TrainingEvent> trainings = input(Topics.TRAINING_EVENTS);
        trainings.pipeInput("job", new TrainingFailed("job", "digits", new Reason("cancelled", "Cancelled."), NOON));

        assertThat(driver.<String, DriftMeasured>getKeyValueStore(LiveTopology.DRIFT)
                        .get("digits/3")
                        .drifted())
                .isTrue();
        assertThat(driver.<String, TrainingEvent>getKeyValueStore(LiveTopology.TRAININGS)
                        .get("job"))
                .isInstanceOf(TrainingFailed.class);
    }

    @Test
    void aTraining_leavesACurve_thatGoesBackWithItsWorker() {
        TestInputTopic<String, TrainingEvent> trainings = input(Topics.TRAINING_EVENTS);
        trainings.pipeInput("job", progress(1, 5, 0.9, null));
        trainings.pipeInput("job", progress(2, 5, 0.5, 0.7));
        trainings.pipeInput("job", progress(2, 0, null, 0.7));
        trainings.pipeInput("job", progress(2, 2, 0.6, 0.7));

        assertThat(driver.<String, TrainingCurve>getKeyValueStore(LiveTopology.CURVES)
                        .get("job")
                        .points())
                .containsExactly(
                        new TrainingCurve.Point(0.5, 0.9, null, NOON), new TrainingCurve.Point(1.2, 0.6, 0.7, NOON));
    }

    @Test
    void aLongCurve_isThinnedAndKeepsItsLastPoint() {
        TrainingCurve curve = TrainingCurve.EMPTY;
        for (int epoch = 1; epoch <= 1000; epoch++) {
            curve = curve.plus(progress(epoch, 0, 1.0 / epoch, null));
        }

        assertThat(curve.points())
                .hasSizeBetween(150, 400)
                .last()
                .extracting(TrainingCurve.Point::epoch)
                .isEqualTo(999.0);
    }

    @Test
    void keys_sortByTimeAndAreTakenApartAgain() {
        SliceKey key = new SliceKey(9, "bulk", "digits");
        assertThat(SliceKey.read(key.write())).isEqualTo(key);
        assertThat(key.write()).isGreaterThan(SliceKey.from(9)).isLessThan(new SliceKey(10, "bulk", "digits").write());
    }

    private Slices seconds(Instant now) {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return Slices.read(driver.getKeyValueStore(LiveTopology.SECONDS), Duration.ofSeconds(1), now, MINUTE);
    }

    private Accuracy accuracy() {
        return driver.<String, Accuracy>getKeyValueStore(LiveTopology.ACCURACY).get("digits/3");
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.keySerde().serializer(), topic.valueSerde().serializer());
    }

    private void say(String id, String label) {
        feedback.pipeInput(id, new LabelGiven(id, "digits", "3", "7", 0.9, label, null, "me", NOON, NOON));
    }

    private static TrainingProgressed progress(int epoch, int step, Double loss, Double accuracy) {
        return new TrainingProgressed(
                "job", "digits", Phase.FITTING, epoch, 10, step, 10, loss, accuracy, 100, null, null, 1, NOON);
    }

    private static DriftMeasured drift(boolean drifted) {
        return new DriftMeasured(
                "digits", "3", 500, DriftMeasured.Reference.HELD_OUT, 500, 0.9, 0.9, List.of(), drifted, "So.", NOON);
    }

    private void send(String model, State state, String topic, Instant at, long millis) {
        boolean predicted = state == State.PREDICTED;
        predictions.pipeInput(
                "id",
                new PredictionCompleted(
                        "id",
                        model,
                        state,
                        predicted ? "3" : null,
                        predicted ? "7" : null,
                        predicted ? 0.75 : null,
                        List.of(),
                        null,
                        at,
                        at,
                        at.plusMillis(millis),
                        new Source(topic, 0, 1),
                        "worker-1",
                        null,
                        null),
                at);
    }
}
