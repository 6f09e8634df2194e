/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.training.dataset.Sample;
import java.util.Arrays;
import java.util.List;

/** How much a picture counts in the loss, by its class. */
final class ClassWeighting {

    private ClassWeighting() {}

    /**
     * Every class alike: n / (k n_c), of n pictures, k classes that have some, n_c of class c. King and Zeng, 2001, Logistic
     * Regression in Rare Events Data. Over all pictures the mean is 1, so that the learning rate means what it did.
     *
     * @return one a class; 0 for a class without pictures
     */
    static float[] balanced(List<Sample> samples, int classes) {
        int[] counts = new int[classes];
        samples.forEach(sample -> counts[sample.label()]++);
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        float[] weights = new float[classes];
        for (int c = 0; c < classes; c++) {
            weights[c] = counts[c] == 0 ? 0 : (float) ((double) samples.size() / (present * counts[c]));
        }
        return weights;
    }
}
