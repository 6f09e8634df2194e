/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * No more entries come.
 *
 * @param entries how many there were, refused ones included
 * @param reason why reading stopped before the archive's end; absent when it did not
 */
public record BulkReceived(
        String jobId, int entries, @Nullable Reason reason, Instant at) implements BulkEvent {}
