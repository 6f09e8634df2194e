/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry of an archive.
 *
 * @param index from 0, as the archive has them
 * @param predictionId absent for an entry that never became a picture
 */
public record BulkEntry(
        int index,
        String name,
        State state,
        @Nullable String predictionId,
        @Nullable String label,
        @Nullable Double probability,
        @Nullable String modelVersion,
        @Nullable Reason reason) {}
