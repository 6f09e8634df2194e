/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import io.sandpiper.classifier.engine.FeatureMaps;

/** Feature maps, weighted and added up. */
final class ActivationMap {

    private ActivationMap() {}

    /**
     * M(y, x) = Σ w_k f_k(y, x). With the weights of a class in an {@link io.sandpiper.classifier.engine.AverageHead} this
     * is the class activation map of Zhou et al., "Learning Deep Features for Discriminative Localization" (2016),
     * equation 2: its mean and the bias are the logit.
     *
     * @param weights one for each channel
     */
    static HeatMap of(FeatureMaps maps, float[] weights) {
        int plane = maps.height() * maps.width();
        float[] heat = new float[plane];
        for (int c = 0; c < maps.channels(); c++) {
            for (int i = 0; i < plane; i++) {
                heat[i] += weights[c] * maps.values()[c * plane + i];
            }
        }
        return new HeatMap(maps.height(), maps.width(), heat);
    }
}
