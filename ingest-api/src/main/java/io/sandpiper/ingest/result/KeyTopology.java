/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Which request an idempotency key belongs to: the order of the topic decides. A claim whose request never brought its
 * picture can be taken over after a while; a key whose picture is there is settled.
 */
final class KeyTopology {

    /** Key: hash of the key, windowed by the time of its first claim. */
    static final String KEYS = "idempotency-keys-by-hash";

    private KeyTopology() {}

    static void add(StreamsBuilder builder, Duration retention) {
        builder.addStateStore(InstantStore.builder(KEYS, retention, Topics.IDEMPOTENCY_KEYS.valueSerde()));
        builder.stream(
                        Topics.IDEMPOTENCY_KEYS.name(),
                        Consumed.with(Topics.IDEMPOTENCY_KEYS.keySerde(), Topics.IDEMPOTENCY_KEYS.valueSerde()))
                .process(Keeper::new, KEYS);
    }

    private static final class Keeper extends ContextualProcessor<String, IdempotencyKeyUsed, Void, Void> {

        @Override
        public void process(Record<String, IdempotencyKeyUsed> record) {
            IdempotencyKeyUsed use = record.value();
            if (record.key() == null || use == null) {
                return;
            }
            WindowStore<String, IdempotencyKeyUsed> store = context().getStateStore(KEYS);
            IdempotencyKeyUsed known = InstantStore.latest(store, record.key(), record.timestamp());
            if (known == null || decides(use, known)) {
                store.put(record.key(), use, use.at().toEpochMilli());
            }
        }

        private static boolean decides(IdempotencyKeyUsed use, IdempotencyKeyUsed known) {
            return use.published()
                    ? !known.published() && use.attempt().equals(known.attempt())
                    : known.isGivenUp(use.at());
        }
    }
}
