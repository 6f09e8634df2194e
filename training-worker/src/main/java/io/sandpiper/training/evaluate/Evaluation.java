/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport;
import java.util.BitSet;
import java.util.List;

/**
 * How a classifier did, and on which pictures.
 *
 * @param report without what it takes the pictures for
 * @param right the pictures that it got right, by their place in the list
 * @param worst some that it got wrong, the surest first
 */
public record Evaluation(EvaluationReport report, BitSet right, List<Mistake> worst) {

    public Evaluation {
        worst = List.copyOf(worst);
    }

    /**
     * A picture that it got wrong.
     *
     * @param index its place in the list
     * @param predicted the class that it was taken for
     * @param probability of that class
     * @param labelProbability of the true class
     */
    public record Mistake(int index, int predicted, double probability, double labelProbability) {}
}
