/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import java.time.Duration;

/** So many pictures a second, and what was not used of the last second on top. Thread-safe. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private double tokens;
    private long refilled;

    /** @param now of {@link System#nanoTime} */
    TokenBucket(int perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.refilled = now;
    }

    /** @return zero when there was one, else how long until there is */
    synchronized Duration take(long now) {
        Duration wait = untilNext(now);
        if (wait.isZero()) {
            tokens--;
        }
        return wait;
    }

    /** Takes none. */
    synchronized Duration untilNext(long now) {
        tokens = Math.min(perSecond, tokens + (now - refilled) / NANOS * perSecond);
        refilled = now;
        return tokens >= 1 ? Duration.ZERO : Duration.ofNanos(Math.max(1, (long) ((1 - tokens) / perSecond * NANOS)));
    }
}
