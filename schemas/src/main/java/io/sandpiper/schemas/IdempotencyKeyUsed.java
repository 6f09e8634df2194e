/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Duration;
import java.time.Instant;

/**
 * A client's idempotency key stands for a prediction. First it is claimed, which one attempt does only; then, in the
 * transaction that brings the picture, it is known that the picture is there.
 *
 * @param keyHash SHA-256 of holder and key, hex; the key itself is nowhere
 * @param bodySha256 hex, of the picture and what was asked of it
 * @param attempt the request that claims it, so that it can tell whether it was the first
 * @param published whether the picture is in its topic
 * @param at when it was claimed
 */
public record IdempotencyKeyUsed(
        String keyHash, String predictionId, String bodySha256, String attempt, boolean published, Instant at) {

    /** Longer than a request with a key, its transaction included, can live. */
    public static final Duration TAKEOVER = Duration.ofSeconds(30);

    /** Whether nothing came of this claim, so that another request may take the key over. */
    public boolean isGivenUp(Instant now) {
        return !published && now.isAfter(at.plus(TAKEOVER));
    }

    public IdempotencyKeyUsed asPublished() {
        return new IdempotencyKeyUsed(keyHash, predictionId, bodySha256, attempt, true, at);
    }
}
