/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * Where in the windowed store an answer lies. An id that is a UUIDv7 is filed under its own time, so one look finds it.
 * Other systems may choose other ids, or v7 ids with a wild clock: those are filed under the time of the answer, since
 * one id from the far future would make the store believe that everything else has expired.
 */
final class AnswerStore {

    private static final int UUID_LENGTH = 36;
    private static final int VERSION_7 = 7;

    private AnswerStore() {}

    /** @return false when the id has an answer already; then nothing is changed */
    static boolean putFirst(
            WindowStore<String, PredictionCompleted> store, String id, PredictionCompleted answer, long nowMillis) {
        OptionalLong time = ownTime(id, nowMillis);
        boolean known = time.isPresent()
                ? store.fetch(id, time.getAsLong()) != null
                : InstantStore.latest(store, id, nowMillis) != null;
        if (!known) {
            store.put(id, answer, time.orElse(nowMillis));
        }
        return !known;
    }

    static @Nullable PredictionCompleted find(
            ReadOnlyWindowStore<String, PredictionCompleted> store, String id, long nowMillis) {
        OptionalLong time = ownTime(id, nowMillis);
        PredictionCompleted answer = time.isPresent() ? store.fetch(id, time.getAsLong()) : null;
        // What looked like a wild clock when it was filed may look sound by now.
        return answer != null ? answer : InstantStore.latest(store, id, nowMillis);
    }

    /** The id's own time in milliseconds; empty when it has none, or none within the retention. */
    private static OptionalLong ownTime(String id, long nowMillis) {
        if (id.length() != UUID_LENGTH) {
            return OptionalLong.empty();
        }
        try {
            UUID uuid = UUID.fromString(id);
            long time = uuid.getMostSignificantBits() >>> 16;
            boolean plausible = time > nowMillis - Topics.ANSWER_RETENTION.toMillis()
                    && time < nowMillis + InstantStore.CLOCK_SKEW.toMillis();
            return uuid.version() == VERSION_7 && plausible ? OptionalLong.of(time) : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
