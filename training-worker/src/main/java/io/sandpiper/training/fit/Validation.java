/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.training.dataset.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a network does on the pictures that are looked at while fitting.
 *
 * @param loss mean cross-entropy, weighted as the training's is, without the weights' penalty
 * @param accuracy 0 to 1, every picture alike
 */
public record Validation(double loss, double accuracy) {

    private static final int BATCH = 64;
    private static final double LEAST = 1e-12;

    /**
     * @param samples at least one
     * @param classWeights null: every picture alike
     */
    static Validation of(Classifier classifier, List<Sample> samples, float @Nullable [] classWeights) {
        double loss = 0;
        double weights = 0;
        int right = 0;
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<Sample> batch = samples.subList(from, Math.min(samples.size(), from + BATCH));
            float[][] answers =
                    classifier.classify(batch.stream().map(Sample::pixels).toList());
            for (int i = 0; i < answers.length; i++) {
                int truth = batch.get(i).label();
                float weight = classWeights == null ? 1 : classWeights[truth];
                loss -= weight * Math.log(Math.max(answers[i][truth], LEAST));
                weights += weight;
                right += Tensors.argmax(answers[i]) == truth ? 1 : 0;
            }
        }
        return new Validation(weights == 0 ? 0 : loss / weights, (double) right / samples.size());
    }
}
