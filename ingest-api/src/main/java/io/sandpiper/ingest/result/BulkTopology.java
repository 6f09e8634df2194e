/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.BulkEntryRefused;
import io.sandpiper.schemas.BulkEvent;
import io.sandpiper.schemas.BulkProgressed;
import io.sandpiper.schemas.BulkReceived;
import io.sandpiper.schemas.BulkRef;
import io.sandpiper.schemas.BulkResumed;
import io.sandpiper.schemas.BulkStarted;
import io.sandpiper.schemas.JsonSerde;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Brings what is said of a bulk job and the answers to its pictures together, by the job's id. An entry's first final
 * state stays; nothing is counted here, so that nothing is counted twice when records come again.
 */
final class BulkTopology {

    /** Key: job id. */
    static final String JOBS = "bulk-jobs-by-id";
    /** Key: job id, slash, index with zeros in front: a job's entries lie together, in their order. */
    static final String ENTRIES = "bulk-entries";

    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

    private BulkTopology() {}

    static void add(StreamsBuilder builder, KStream<String, PredictionCompleted> predictions, Duration retention) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(JOBS), Serdes.String(), new JsonSerde<>(BulkJob.class)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(ENTRIES), Serdes.String(), new JsonSerde<>(BulkEntry.class)));
        predictions
                .flatMap((id, answer) -> {
                    BulkRef bulk = answer == null ? null : answer.bulk();
                    return bulk == null ? List.of() : List.of(KeyValue.pair(bulk.jobId(), answer));
                })
                .repartition(Repartitioned.<String, PredictionCompleted>as("bulk-answers")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Topics.PREDICTIONS.valueSerde())
                        .withNumberOfPartitions(Topics.BULK_JOBS.partitions()))
                .process(AnswerKeeper::new, ENTRIES);
        builder.stream(
                        Topics.BULK_JOBS.name(),
                        Consumed.with(Topics.BULK_JOBS.keySerde(), Topics.BULK_JOBS.valueSerde()))
                .process(() -> new EventKeeper(retention), JOBS, ENTRIES);
    }

    static String entryKey(String jobId, int index) {
        return "%s/%09d".formatted(jobId, index);
    }

    private static final class AnswerKeeper extends ContextualProcessor<String, PredictionCompleted, Void, Void> {

        @Override
        public void process(Record<String, PredictionCompleted> record) {
            PredictionCompleted answer = record.value();
            BulkRef bulk = answer.bulk();
            if (bulk != null) {
                KeyValueStore<String, BulkEntry> entries = context().getStateStore(ENTRIES);
                entries.putIfAbsent(
                        entryKey(record.key(), bulk.index()),
                        new BulkEntry(
                                bulk.index(),
                                bulk.name(),
                                answer.state(),
                                answer.predictionId(),
                                answer.label(),
                                answer.probability(),
                                answer.modelVersion(),
                                answer.reason()));
            }
        }
    }

    private static final class EventKeeper extends ContextualProcessor<String, BulkEvent, Void, Void> {

        private final Duration retention;

        EventKeeper(Duration retention) {
            this.retention = retention;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, this::sweep);
        }

        @Override
        public void process(Record<String, BulkEvent> record) {
            if (record.key() == null || record.value() == null) {
                return;
            }
            KeyValueStore<String, BulkJob> jobs = context().getStateStore(JOBS);
            KeyValueStore<String, BulkEntry> entries = context().getStateStore(ENTRIES);
            BulkEvent event = record.value();
            BulkJob job = jobs.get(record.key());
            if (event instanceof BulkStarted started) {
                jobs.putIfAbsent(record.key(), BulkJob.started(started.jobId(), started.model(), started.at()));
            } else if (event instanceof BulkResumed resumed && job != null) {
                jobs.put(record.key(), job.resumed(resumed.attempt()));
            } else if (event instanceof BulkProgressed progressed && job != null) {
                if (progressed.entries() > job.published()) {
                    jobs.put(record.key(), job.progressed(progressed.entries(), progressed.digest()));
                }
            } else if (event instanceof BulkReceived received && job != null) {
                jobs.put(record.key(), job.received(received.entries(), received.reason(), received.at()));
            } else if (event instanceof BulkEntryRefused refused) {
                entries.putIfAbsent(
                        entryKey(record.key(), refused.index()),
                        new BulkEntry(
                                refused.index(),
                                refused.name(),
                                refused.state(),
                                null,
                                null,
                                null,
                                null,
                                refused.reason()));
            }
        }

        /** Ids begin with their time, so the oldest come first. */
        private void sweep(long nowMillis) {
            long end = nowMillis - retention.toMillis();
            sweep(context().getStateStore(ENTRIES), end);
            sweep(context().getStateStore(JOBS), end);
        }

        private static <V> void sweep(KeyValueStore<String, V> store, long endMillis) {
            try (KeyValueIterator<String, V> all = store.all()) {
                while (all.hasNext()) {
                    String key = all.next().key;
                    if (issuedAt(key) >= endMillis) {
                        return;
                    }
                    store.delete(key);
                }
            }
        }

        private static long issuedAt(String key) {
            int slash = key.indexOf('/');
            return UUID.fromString(slash < 0 ? key : key.substring(0, slash)).getMostSignificantBits() >>> 16;
        }
    }
}
