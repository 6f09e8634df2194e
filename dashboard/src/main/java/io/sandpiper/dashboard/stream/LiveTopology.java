/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.stream.SliceAdder.Slots;
import io.sandpiper.schemas.JsonSerde;
import io.sandpiper.schemas.LabelGiven;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What the page shows of the stream: answers added up by second and by minute, what people said of them, how far
 * versions have drifted, and how trainings get on.
 */
final class LiveTopology {

    /** Key: {@link SliceKey} of a second. A picture of now: forgotten with the process. */
    static final String SECONDS = "answers-by-second";
    /** Key: {@link SliceKey} of a minute. Comes back after a restart, but for ten seconds before one that was not in order. */
    static final String MINUTES = "answers-by-minute";
    /** Key: model/version. */
    static final String ACCURACY = "live-accuracy";
    /** Key: model/version. */
    static final String DRIFT = "drift-by-version";
    /** Key: job id. Value: its last event. */
    static final String TRAININGS = "trainings";
    /** Key: job id. Value: its {@link TrainingCurve}. */
    static final String CURVES = "training-curves";

    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration WRITE_SECONDS_EVERY = Duration.ofMillis(500);
    private static final Duration WRITE_MINUTES_EVERY = Duration.ofSeconds(10);
    private static final String LABELS = "labels-given";

    private LiveTopology() {}

    /**
     * @param seconds how long answers by second are kept
     * @param minutes how long answers by minute are kept
     */
    static Topology build(Lanes lanes, Duration seconds, Duration minutes) {
        StreamsBuilder builder = new StreamsBuilder();
        addAnswers(builder, lanes, seconds, minutes);
        addAccuracy(builder);
        builder.table(
                Topics.DRIFT.name(),
                consumed(Topics.DRIFT, AutoOffsetReset.latest()),
                inMemory(DRIFT, Topics.DRIFT.keySerde(), Topics.DRIFT.valueSerde()));
        addTrainings(builder);
        return builder.build();
    }

    private static void addAnswers(StreamsBuilder builder, Lanes lanes, Duration seconds, Duration minutes) {
        Serde<Slice> slices = new JsonSerde<>(Slice.class);
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(SECONDS), Serdes.String(), slices)
                        .withLoggingDisabled());
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(MINUTES), Serdes.String(), slices));
        KStream<String, Answered> answers = builder.stream(
                Topics.PREDICTIONS.name(),
                Consumed.with(Topics.PREDICTIONS.keySerde(), new JsonSerde<>(Answered.class))
                        .withOffsetResetPolicy(AutoOffsetReset.latest()));
        Map<String, String> laneByTopic = lanes.all().stream()
                .collect(Collectors.toMap(lane -> lane.topic().name(), Lane::name));
        answers.process(
                () -> new SliceAdder(
                        new Slots(SECONDS, SECOND, seconds.multipliedBy(2), WRITE_SECONDS_EVERY),
                        new Slots(MINUTES, MINUTE, minutes.plus(MINUTE), WRITE_MINUTES_EVERY),
                        laneByTopic),
                Named.as("add-answers"),
                SECONDS,
                MINUTES);
    }

    /** Of a prediction that people speak of twice, the last word counts: what was said before is taken back. */
    private static void addAccuracy(StreamsBuilder builder) {
        builder.table(
                        Topics.FEEDBACK.name(),
                        consumed(Topics.FEEDBACK, AutoOffsetReset.earliest()),
                        inMemory(LABELS, Topics.FEEDBACK.keySerde(), Topics.FEEDBACK.valueSerde()))
                .groupBy(
                        (id, label) -> KeyValue.pair(label.model() + "/" + label.modelVersion(), label),
                        Grouped.with("labels-by-version", Serdes.String(), Topics.FEEDBACK.valueSerde()))
                .aggregate(
                        () -> Accuracy.NONE,
                        (version, label, sum) -> sum.plus(label),
                        (version, label, sum) -> sum.minus(label),
                        inMemory(ACCURACY, Serdes.String(), new JsonSerde<>(Accuracy.class)));
    }

    private static void addTrainings(StreamsBuilder builder) {
        KStream<String, TrainingEvent> events = builder.stream(
                Topics.TRAINING_EVENTS.name(), consumed(Topics.TRAINING_EVENTS, AutoOffsetReset.earliest()));
        events.toTable(inMemory(TRAININGS, Topics.TRAINING_EVENTS.keySerde(), Topics.TRAINING_EVENTS.valueSerde()));
        events.filter((job, event) -> event instanceof TrainingProgressed progress && progress.loss() != null)
                .groupByKey(Grouped.with(Topics.TRAINING_EVENTS.keySerde(), Topics.TRAINING_EVENTS.valueSerde()))
                .aggregate(
                        () -> TrainingCurve.EMPTY,
                        (job, event, curve) -> curve.plus((TrainingProgressed) event),
                        inMemory(CURVES, Serdes.String(), new JsonSerde<>(TrainingCurve.class)));
    }

    private static <V> Consumed<String, V> consumed(Topic<String, V> topic, AutoOffsetReset reset) {
        return Consumed.with(topic.keySerde(), topic.valueSerde()).withOffsetResetPolicy(reset);
    }

    private static <V> Materialized<String, V, KeyValueStore<Bytes, byte[]>> inMemory(
            String store, Serde<String> keys, Serde<V> values) {
        return Materialized.<String, V>as(Stores.inMemoryKeyValueStore(store))
                .withKeySerde(keys)
                .withValueSerde(values);
    }

    /**
     * How often a version was right in service, as far as people said.
     *
     * @param labelled of how many predictions that is known
     */
    record Accuracy(long labelled, long right) {

        static final Accuracy NONE = new Accuracy(0, 0);

        Accuracy plus(LabelGiven label) {
            return new Accuracy(labelled + 1, right + (label.wasRight() ? 1 : 0));
        }

        Accuracy minus(LabelGiven label) {
            return new Accuracy(labelled - 1, right - (label.wasRight() ? 1 : 0));
        }
    }
}
