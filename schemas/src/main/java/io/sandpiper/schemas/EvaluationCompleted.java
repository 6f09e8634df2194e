/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version was evaluated anew; the whole report is in the object store.
 *
 * @param accuracy share that is right, 0 to 1
 * @param images how many held-out pictures it was evaluated on
 * @param datasetDigest of the snapshot of those pictures, and of no others: two versions with the same digest had the same
 * @param warnings which held-out pictures were left out, a sentence each; absent: none
 */
public record EvaluationCompleted(
        String jobId,
        String model,
        String version,
        double accuracy,
        long images,
        String datasetDigest,
        @Nullable List<String> warnings,
        Instant at)
        implements TrainingEvent {

    public EvaluationCompleted {
        warnings = warnings == null ? null : List.copyOf(warnings);
    }
}
