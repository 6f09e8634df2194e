/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker put a version into service, between two batches.
 *
 * @param previous the version it served until then; absent when it served none
 * @param at by the worker's own clock, as its answers' {@code completedAt}: what it answers from then on is by this version
 * @param positions of each partition that it has answered pictures of this model from: the first offset behind them
 */
public record ModelSwapped(
        String worker,
        String model,
        String version,
        @Nullable String previous,
        Instant at,
        List<Source> positions) {

    public ModelSwapped {
        positions = positions == null ? List.of() : List.copyOf(positions);
    }
}
