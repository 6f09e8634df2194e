/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Look how a version does on the held-out pictures that its model has when the job starts. Nothing is promoted.
 *
 * @param requestedBy whose wish it is; absent: nobody's in particular
 */
public record EvaluationRequested(
        String jobId,
        String model,
        String version,
        @Nullable String requestedBy,
        Instant at) implements TrainingCommand {}
