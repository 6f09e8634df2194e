/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import java.util.stream.IntStream;

/** Predictions for every picture by a classifier that was fitted without it. */
final class CrossValidation {

    private static final int FOLDS = 4;

    private CrossValidation() {}

    /**
     * @param rows numbers of mean 0 and deviation 1 or so, a row a picture
     * @param labels one a picture
     * @return a row a picture, one probability a class
     * @throws InterruptedException when the thread is interrupted
     */
    static float[][] predict(float[][] rows, int[] labels, int classes) throws InterruptedException {
        int[] folds = folds(labels, classes);
        float[][] answers = new float[rows.length][classes];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            SoftmaxRegression classifier = new SoftmaxRegression(classes, rows[0].length);
            classifier.fit(
                    rows,
                    labels,
                    IntStream.range(0, rows.length)
                            .filter(i -> folds[i] != held)
                            .toArray());
            for (int i = 0; i < rows.length; i++) {
                if (folds[i] == held) {
                    classifier.classify(rows[i], answers[i]);
                }
            }
        }
        return answers;
    }

    /** Each class is spread evenly. */
    private static int[] folds(int[] labels, int classes) {
        int[] seen = new int[classes];
        int[] folds = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            folds[i] = seen[labels[i]]++ % FOLDS;
        }
        return folds;
    }
}
