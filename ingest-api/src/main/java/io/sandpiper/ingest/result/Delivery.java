/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted;

/**
 * An answer that is to be posted.
 *
 * @param attempt how often it was tried already
 */
public record Delivery(PredictionCompleted answer, String callback, int attempt) {

    /** The same for every attempt, so that a receiver can tell what it has seen. */
    public String id() {
        return answer.predictionId();
    }

    Delivery afterAttempt() {
        return new Delivery(answer, callback, attempt + 1);
    }
}
