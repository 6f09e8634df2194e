/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.registry.Figures;
import io.sandpiper.registry.Tally;
import io.sandpiper.schemas.JsonSerde;
import io.sandpiper.schemas.PredictionCompleted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds answers up, by model and minute. What was added up lately is written once a second: an instance that is killed
 * forgets a second of its figures, and no answer.
 */
final class StatisticsTopology {

    /** Key: minute since 1970 with zeros in front, slash, model. */
    static final String MINUTES = "figures-by-minute";

    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

    private StatisticsTopology() {}

    /** @param answers the first final state of each id, and nothing else */
    static void add(StreamsBuilder builder, KStream<String, PredictionCompleted> answers, Duration retention) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(MINUTES), Serdes.String(), new JsonSerde<>(Figures.class)));
        answers.process(() -> new Adder(retention), MINUTES);
    }

    static String key(long minute, String model) {
        return "%010d/%s".formatted(minute, model);
    }

    static String model(String key) {
        return key.substring(key.indexOf('/') + 1);
    }

    private static final class Adder extends ContextualProcessor<String, PredictionCompleted, Void, Void> {

        private final Duration retention;
        private final Map<String, Tally> tallies = new HashMap<>();

        Adder(Duration retention) {
            this.retention = retention;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            context.schedule(WRITE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> write());
            context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, this::sweep);
        }

        @Override
        public void process(Record<String, PredictionCompleted> record) {
            long minute = Duration.ofMillis(record.timestamp()).toMinutes();
            tallies.computeIfAbsent(key(minute, record.value().model()), this::begin)
                    .add(record.value());
        }

        /** An instance before us may have begun with that minute. */
        private Tally begin(String key) {
            Tally tally = new Tally();
            Figures before = store().get(key);
            if (before != null) {
                tally.add(before);
            }
            return tally;
        }

        private void write() {
            tallies.forEach((key, tally) -> store().put(key, tally.figures()));
            tallies.clear();
        }

        private void sweep(long now) {
            long oldest = Duration.ofMillis(now).minus(retention).toMinutes();
            try (KeyValueIterator<String, Figures> old = store().range(key(0, ""), key(oldest, ""))) {
                old.forEachRemaining(figures -> store().delete(figures.key));
            }
        }

        private KeyValueStore<String, Figures> store() {
            return context().getStateStore(MINUTES);
        }
    }
}
