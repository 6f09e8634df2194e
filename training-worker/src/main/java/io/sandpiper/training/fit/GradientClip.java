/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Shortens a step's gradient where it is too long, and leaves its direction: Pascanu, Mikolov and Bengio, 2013 (arXiv
 * 1211.5063), algorithm 1, over all weights together.
 */
final class GradientClip {

    /** What moves by a "gradient" and is none: running means and variances of batch normalizations. */
    private static final Set<String> MEASURED = Set.of(
            BatchNormalizationParamInitializer.GLOBAL_MEAN,
            BatchNormalizationParamInitializer.GLOBAL_VAR,
            BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

    private GradientClip() {}

    /**
     * Changes the gradient in place.
     *
     * @param sum over the pictures, without the weights' penalty, which the optimizer adds
     * @param maxNorm of the mean over the pictures
     */
    static void clip(Gradient sum, int pictures, double maxNorm) {
        List<INDArray> parts = new ArrayList<>();
        for (Map.Entry<String, INDArray> part : sum.gradientForVariable().entrySet()) {
            String name = part.getKey();
            if (!MEASURED.contains(name.substring(name.lastIndexOf('_') + 1))) {
                parts.add(part.getValue());
            }
        }
        double squares = 0;
        for (INDArray part : parts) {
            double norm = part.norm2Number().doubleValue();
            squares += norm * norm;
        }
        double norm = Math.sqrt(squares) / pictures;
        if (norm > maxNorm) {
            double scale = maxNorm / norm;
            parts.forEach(part -> part.muli(scale));
        }
    }
}
