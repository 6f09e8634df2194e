/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/**
 * Which request an idempotency key belongs to: the order of the topic decides. A claim whose request never brought its
 * picture can be taken over after a while; a key whose picture is there is settled.
 */
final class KeyTopology {

    /** Key: hash of the key, windowed by the time of its first claim. */
    static final String KEYS = "idempotency-keys-by-hash";

    private static final Duration INSTANT = Duration.ofMillis(1);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private KeyTopology() {}

    /** @param takeover after which a claim is no longer believed; longer than the request that made it can live */
    static void add(StreamsBuilder builder, Duration retention, Duration takeover) {
        builder.addStateStore(Stores.windowStoreBuilder(
                Stores.persistentWindowStore(KEYS, retention, INSTANT, false),
                Serdes.String(),
                Topics.IDEMPOTENCY_KEYS.valueSerde()));
        builder.stream(
                        Topics.IDEMPOTENCY_KEYS.name(),
                        Consumed.with(Topics.IDEMPOTENCY_KEYS.keySerde(), Topics.IDEMPOTENCY_KEYS.valueSerde()))
                .process(() -> new Keeper(takeover), KEYS);
    }

    static @Nullable IdempotencyKeyUsed find(
            ReadOnlyWindowStore<String, IdempotencyKeyUsed> store, String keyHash, Instant now, Duration retention) {
        try (WindowStoreIterator<IdempotencyKeyUsed> uses =
                store.fetch(keyHash, now.minus(retention), now.plus(CLOCK_SKEW))) {
            IdempotencyKeyUsed last = null;
            while (uses.hasNext()) {
                last = uses.next().value;
            }
            return last;
        }
    }

    private static final class Keeper extends ContextualProcessor<String, IdempotencyKeyUsed, Void, Void> {

        private final Duration takeover;

        Keeper(Duration takeover) {
            this.takeover = takeover;
        }

        @Override
        public void process(Record<String, IdempotencyKeyUsed> record) {
            IdempotencyKeyUsed use = record.value();
            if (record.key() == null || use == null) {
                return;
            }
            WindowStore<String, IdempotencyKeyUsed> store = context().getStateStore(KEYS);
            IdempotencyKeyUsed known =
                    find(store, record.key(), Instant.ofEpochMilli(record.timestamp()), Topics.ANSWER_RETENTION);
            if (known == null || decides(use, known)) {
                store.put(record.key(), use, use.at().toEpochMilli());
            }
        }

        private boolean decides(IdempotencyKeyUsed use, IdempotencyKeyUsed known) {
            if (known.published()) {
                return false;
            }
            return use.published()
                    ? use.attempt().equals(known.attempt())
                    : use.at().isAfter(known.at().plus(takeover));
        }
    }
}
