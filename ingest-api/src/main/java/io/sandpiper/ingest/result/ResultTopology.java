/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** From topics to the stores that answers are read from. */
final class ResultTopology {

    /** Key: prediction id, windowed by the time in the id, so that old answers go segment by segment. */
    static final String PREDICTIONS = "predictions-by-id";
    /** Key: job id. Value: the last event. */
    static final String TRAINING_JOBS = "training-jobs";

    private ResultTopology() {}

    /**
     * @param onResult told of every answer once the store has it, on the Streams thread
     * @param webhooks posts answers. Where nothing is posted it refuses: all instances must have the same topology
     */
    static Topology build(Duration retention, Consumer<PredictionCompleted> onResult, DeliverySender webhooks) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(InstantStore.builder(PREDICTIONS, retention, Topics.PREDICTIONS.valueSerde()));
        KStream<String, PredictionCompleted> predictions = builder.stream(
                Topics.PREDICTIONS.name(),
                Consumed.with(Topics.PREDICTIONS.keySerde(), Topics.PREDICTIONS.valueSerde()));
        KStream<String, PredictionCompleted> answers = predictions.process(() -> new Keeper(onResult), PREDICTIONS);
        StatisticsTopology.add(builder, answers, retention);
        WebhookTopology.add(builder, answers, webhooks);
        BulkTopology.add(builder, predictions, retention);
        KeyTopology.add(builder, retention);
        builder.globalTable(
                Topics.TRAINING_EVENTS.name(),
                Consumed.with(Topics.TRAINING_EVENTS.keySerde(), Topics.TRAINING_EVENTS.valueSerde()),
                Materialized.<String, TrainingEvent>as(Stores.inMemoryKeyValueStore(TRAINING_JOBS))
                        .withKeySerde(Topics.TRAINING_EVENTS.keySerde())
                        .withValueSerde(Topics.TRAINING_EVENTS.valueSerde()));
        return builder.build();
    }

    /** Keeps the first final state of an id, and hands it on: a second one, whatever made it, changes no answer. */
    private static final class Keeper
            extends ContextualProcessor<String, PredictionCompleted, String, PredictionCompleted> {

        private final Consumer<PredictionCompleted> onResult;

        Keeper(Consumer<PredictionCompleted> onResult) {
            this.onResult = onResult;
        }

        @Override
        public void process(Record<String, PredictionCompleted> record) {
            PredictionCompleted result = record.value();
            if (record.key() == null || result == null) {
                return;
            }
            WindowStore<String, PredictionCompleted> store = context().getStateStore(PREDICTIONS);
            if (AnswerStore.putFirst(store, record.key(), result, record.timestamp())) {
                onResult.accept(result);
                context().forward(record);
            }
        }
    }
}
