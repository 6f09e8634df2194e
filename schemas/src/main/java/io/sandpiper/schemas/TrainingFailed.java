/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/** The job made no version, or no report. */
public record TrainingFailed(String jobId, String model, PredictionCompleted.Reason reason, Instant at)
        implements TrainingEvent {}
