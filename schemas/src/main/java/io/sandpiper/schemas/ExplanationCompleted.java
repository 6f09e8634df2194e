/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A heat map lies in the object store, or the reason why there is none.
 *
 * @param explanationId as {@link ExplanationRequested#explanationId} has it
 * @param label the class that it is about
 * @param method absent when there is none
 * @param reason absent when there is one
 * @param worker id of the worker that looked
 */
public record ExplanationCompleted(
        String explanationId,
        String predictionId,
        String label,
        @Nullable ExplanationMethod method,
        @Nullable Reason reason,
        String worker,
        Instant completedAt) {}
