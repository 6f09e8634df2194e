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
 * @param attempt the latest request that sent it again; absent when none did
 * @param published how many entries are in their topics
 * @param digest over these; absent when there are none
 * @param entries how many there are; absent while they come in
 * @param reason why reading stopped before the archive's end
 * @param receivedAt absent while they come in
 */
public record BulkJob(
        String jobId,
        String model,
        Instant startedAt,
        @Nullable String attempt,
        int published,
        @Nullable String digest,
        @Nullable Integer entries,
        @Nullable Reason reason,
        @Nullable Instant receivedAt) {

    /** One of which nothing is known but that it began. */
    public static BulkJob started(String jobId, String model, Instant at) {
        return new BulkJob(jobId, model, at, null, 0, null, null, null, null);
    }

    BulkJob resumed(String newAttempt) {
        return new BulkJob(jobId, model, startedAt, newAttempt, published, digest, entries, reason, receivedAt);
    }

    BulkJob progressed(int newPublished, String newDigest) {
        return new BulkJob(jobId, model, startedAt, attempt, newPublished, newDigest, entries, reason, receivedAt);
    }

    BulkJob received(int allEntries, @Nullable Reason newReason, Instant at) {
        return new BulkJob(jobId, model, startedAt, attempt, published, digest, allEntries, newReason, at);
    }
}
