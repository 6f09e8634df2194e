/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.jspecify.annotations.Nullable;

/** Values by key and instant: a window store whose windows hold one instant, so that what is old goes segment by segment. */
final class InstantStore {

    /** How far ahead a clock that somebody else keeps may be. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private static final Duration INSTANT = Duration.ofMillis(1);

    private InstantStore() {}

    static <V> StoreBuilder<WindowStore<String, V>> builder(String name, Duration retention, Serde<V> values) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, retention, INSTANT, false), Serdes.String(), values);
    }

    /** The latest value of a key within the retention of answers; null when there is none. */
    static <V> @Nullable V latest(ReadOnlyWindowStore<String, V> store, String key, long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        try (WindowStoreIterator<V> values =
                store.fetch(key, now.minus(Topics.ANSWER_RETENTION), now.plus(CLOCK_SKEW))) {
            V latest = null;
            while (values.hasNext()) {
                latest = values.next().value;
            }
            return latest;
        }
    }
}
