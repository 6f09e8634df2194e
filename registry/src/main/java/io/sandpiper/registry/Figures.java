/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.PredictionCompleted.State;
import java.util.Map;

/**
 * What the answers of one model in some time come to.
 *
 * @param counts by final state
 * @param probabilitySum of the labels' probabilities
 * @param latencies milliseconds from submission to answer, an HdrHistogram in its compressed encoding
 */
@SuppressWarnings("ArrayRecordComponent") // written and read, never compared
public record Figures(Map<State, Long> counts, double probabilitySum, byte[] latencies) {}
