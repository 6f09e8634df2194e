/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What one replica gets of a batch.
 *
 * @param input [picture, channel, row, column], normalised
 * @param shape of the input
 * @param labels [picture, class], each row sums to 1, or to how much that picture counts
 */
@SuppressWarnings("ArrayRecordComponent") // a hot value that is never compared
record Shard(float[] input, long[] shape, float[][] labels) {

    int pictures() {
        return labels.length;
    }

    /** Leaves the gradient and the loss in the graph. */
    void computeGradient(ComputationGraph graph) {
        try (INDArray x = Nd4j.createFromArray(input).reshape(shape);
                INDArray y = Nd4j.createFromArray(labels)) {
            graph.setInputs(x);
            graph.setLabels(y);
            graph.computeGradientAndScore();
            graph.clear();
        }
    }
}
