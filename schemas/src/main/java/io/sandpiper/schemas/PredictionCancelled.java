/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/** Nobody wants the answer any more. A worker that has not begun with the picture leaves it. */
public record PredictionCancelled(String predictionId, Instant at) {}
