/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Admission;
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
        @Nullable Long position,
        @Nullable Long etaMillis,
        @Nullable String model,
        @Nullable String modelVersion,
        @Nullable String label,
        @Nullable Double probability,
        @Nullable List<ClassProbability> top,
        @Nullable Reason reason,
        @Nullable Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {

    /** @param outlook where it stands; null when it was asked for later */
    static PredictionView pending(String id, Instant submittedAt, Admission.@Nullable Outlook outlook) {
        return new PredictionView(
                id,
                "PENDING",
                outlook == null ? null : outlook.position(),
                outlook == null ? null : outlook.etaMillis(),
                null,
                null,
                null,
                null,
                null,
                null,
                submittedAt,
                null,
                null);
    }

    static PredictionView of(PredictionCompleted result) {
        return new PredictionView(
                result.predictionId(),
                result.state().name(),
                null,
                null,
                result.model(),
                result.modelVersion(),
                result.label(),
                result.probability(),
                result.top().isEmpty() ? null : result.top(),
                result.reason(),
                result.submittedAt(),
                result.startedAt(),
                result.completedAt());
    }
}
