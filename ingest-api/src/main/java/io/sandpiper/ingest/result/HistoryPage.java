/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted;
import java.util.List;

/**
 * What one instance has.
 *
 * @param partitions of the answers that it looked through
 * @param answers the latest first
 */
public record HistoryPage(List<Integer> partitions, List<PredictionCompleted> answers) {}
