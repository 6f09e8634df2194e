/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport;
import java.util.BitSet;

/**
 * How a classifier did, and on which pictures.
 *
 * @param right the pictures that it got right, by their place in the list
 */
public record Evaluation(EvaluationReport report, BitSet right) {}
