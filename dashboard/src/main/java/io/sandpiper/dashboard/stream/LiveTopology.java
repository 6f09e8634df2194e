/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Counts answers by second, keeps the last few, and the last word of every training job. Each partition counts for
 * itself and the reader adds up, so that nothing has to be shuffled through another topic. What is counted is gone
 * after a restart: it is a picture of now.
 */
final class LiveTopology {

    /** Key: model|state, windowed by second. Value: answers. */
    static final String COUNTS = "answers-by-second";
    /** Key: a slot of a ring. Value: an answer. */
    static final String LATEST = "latest-answers";
    /** Key: job id. Value: its last event. */
    static final String TRAININGS = "trainings";

    static final Duration SECOND = Duration.ofSeconds(1);
    /** Answers kept of each partition. */
    static final int RING = 20;

    private LiveTopology() {}

    static Topology build(Duration history) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.windowStoreBuilder(
                        Stores.inMemoryWindowStore(COUNTS, history.multipliedBy(2), SECOND, false),
                        Serdes.String(),
                        Serdes.Long())
                .withLoggingDisabled());
        builder.addStateStore(Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(LATEST), Serdes.Integer(), Topics.PREDICTIONS.valueSerde())
                .withLoggingDisabled());
        builder.stream(
                        Topics.PREDICTIONS.name(),
                        Consumed.with(Topics.PREDICTIONS.keySerde(), Topics.PREDICTIONS.valueSerde()))
                .process(Counter::new, COUNTS, LATEST);
        builder.globalTable(
                Topics.TRAINING_EVENTS.name(),
                Consumed.with(Topics.TRAINING_EVENTS.keySerde(), Topics.TRAINING_EVENTS.valueSerde()),
                Materialized.<String, TrainingEvent>as(Stores.inMemoryKeyValueStore(TRAININGS))
                        .withKeySerde(Topics.TRAINING_EVENTS.keySerde())
                        .withValueSerde(Topics.TRAINING_EVENTS.valueSerde())
                        .withLoggingDisabled());
        return builder.build();
    }

    /** How a count is keyed. */
    static String countKey(PredictionCompleted answer) {
        return answer.model() + "|" + answer.state();
    }

    static Map.Entry<String, String> modelAndState(String countKey) {
        int bar = countKey.lastIndexOf('|');
        return Map.entry(countKey.substring(0, bar), countKey.substring(bar + 1));
    }

    private static final class Counter extends ContextualProcessor<String, PredictionCompleted, Void, Void> {

        @Override
        public void process(Record<String, PredictionCompleted> record) {
            PredictionCompleted answer = record.value();
            if (answer == null) {
                return;
            }
            WindowStore<String, Long> counts = context().getStateStore(COUNTS);
            long second = record.timestamp() / SECOND.toMillis() * SECOND.toMillis();
            String key = countKey(answer);
            Long before = counts.fetch(key, second);
            counts.put(key, before == null ? 1L : before + 1, second);

            KeyValueStore<Integer, PredictionCompleted> latest = context().getStateStore(LATEST);
            long offset = context().recordMetadata().map(RecordMetadata::offset).orElse(0L);
            latest.put((int) (offset % RING), answer);
        }
    }
}
