/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Instant;

/**
 * An entry of an archive never became a picture on its way to a worker.
 *
 * @param state REJECTED when the entry is at fault, FAILED when we are
 */
public record BulkEntryRefused(String jobId, int index, String name, State state, Reason reason, Instant at)
        implements BulkEvent {}
