/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted.State;
import java.util.List;
import java.util.Map;

/**
 * How a bulk job is getting on.
 *
 * @param counts entries by final state; what is missing has none yet
 * @param entries those that were asked for, by index
 */
public record BulkReport(BulkJob job, Map<State, Integer> counts, List<BulkEntry> entries) {

    public BulkReport {
        counts = Map.copyOf(counts);
        entries = List.copyOf(entries);
    }
}
