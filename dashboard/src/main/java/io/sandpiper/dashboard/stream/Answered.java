/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is added up of an {@link io.sandpiper.schemas.PredictionCompleted}, read from the same record. The rest of it is passed over: at
 * thousands a second, to make objects of it costs more than to add up.
 */
record Answered(
        String model,
        State state,
        @Nullable String modelVersion,
        @Nullable String label,
        @Nullable Double probability,
        Instant submittedAt,
        Instant completedAt,
        Source source,
        String worker) {

    long latencyMillis() {
        return Duration.between(submittedAt, completedAt).toMillis();
    }
}
