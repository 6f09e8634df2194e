/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bulk job without its entries.
 *
 * @param entries how many there are; absent while they come in
 * @param reason why reading stopped before the archive's end
 * @param receivedAt absent while they come in
 */
public record BulkJob(
        String jobId,
        String model,
        Instant startedAt,
        @Nullable Integer entries,
        @Nullable Reason reason,
        @Nullable Instant receivedAt) {}
