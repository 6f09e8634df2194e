/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;

/**
 * A worker will not serve a version that was promoted, and goes on with the one it has.
 *
 * @param worker whose doubt it is
 */
public record ModelRefused(ModelVersion modelVersion, String worker, Reason reason, Instant at) implements ModelEvent {

    /** Beside the version's own events: a doubt must not take their place when the log is compacted. */
    @Override
    public String key() {
        return ModelEvent.super.key() + "/refused-by/" + worker;
    }
}
