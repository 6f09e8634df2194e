/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import java.time.Duration;

/** Not now: nothing was taken in, and the sender is told when to come back. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final Duration retryAfter;

    RefusedException(String code, String detail, Duration retryAfter) {
        super(detail, null, false, false); // thrown often, and at a bad time: without a stack trace
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** Stable, for programs. */
    public String code() {
        return code;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the sender is at fault, not the load. */
    public boolean isQuota() {
        return code.equals("rate-limited");
    }
}
