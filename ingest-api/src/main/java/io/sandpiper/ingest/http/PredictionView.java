/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.ClassProbability;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prediction as clients see it, pending or final. */
record PredictionView(
        String id,
        String state,
        @Nullable String model,
        @Nullable String modelVersion,
        @Nullable String label,
        @Nullable Double probability,
        @Nullable List<ClassProbability> top,
        @Nullable Reason reason,
        @Nullable Instant submittedAt,
        @Nullable Instant completedAt) {

    static PredictionView pending(String id, Instant submittedAt) {
        return new PredictionView(id, "PENDING", null, null, null, null, null, null, submittedAt, null);
    }

    static PredictionView of(PredictionCompleted result) {
        return new PredictionView(
                result.predictionId(),
                result.state().name(),
                result.model(),
                result.modelVersion(),
                result.label(),
                result.probability(),
                result.top().isEmpty() ? null : result.top(),
                result.reason(),
                result.submittedAt(),
                result.completedAt());
    }
}
