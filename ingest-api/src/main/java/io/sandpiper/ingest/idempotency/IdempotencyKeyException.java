/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.idempotency;

/** A key that cannot stand for this picture: never, or not yet. */
public final class IdempotencyKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean reused;

    private IdempotencyKeyException(boolean reused, String message) {
        super(message);
        this.reused = reused;
    }

    public static IdempotencyKeyException reused() {
        return new IdempotencyKeyException(
                true, "This Idempotency-Key was used for something else. Use a new one for each.");
    }

    public static IdempotencyKeyException inUse() {
        return new IdempotencyKeyException(
                false, "A request with this Idempotency-Key is under way. Send it again in a moment.");
    }

    /** Whether it was used for another picture; otherwise another request is under way with it. */
    public boolean isReused() {
        return reused;
    }

    public String code() {
        return reused ? "idempotency-key-reused" : "idempotency-key-in-use";
    }
}
