/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import java.util.ArrayList;
import java.util.List;

/**
 * Which labels are likely wrong, by C. Northcutt, L. Jiang and I. Chuang, "Confident Learning", 2021 (arXiv 1911.00068).
 * A class's threshold comes from the mean probability of it among the pictures that have its label; a picture is suspected
 * when another class is above its own threshold, and above the probability of the given label.
 */
final class ConfidentLearning {

    /**
     * Share of that mean. At the mean itself, as in the paper, a quarter of the wrong labels among MNIST's digits go unseen:
     * a simple classifier is less sure of many pictures than of the rest.
     */
    private static final double SHARE = 0.75;

    private ConfidentLearning() {}

    /**
     * @param picture its place among the rows
     * @param other what it likely is
     * @param probability of that
     */
    record Suspect(int picture, int other, float probability) {}

    /**
     * @param probabilities a row a picture, from a classifier that did not see its label
     * @param labels as given, one a picture
     */
    static List<Suspect> find(float[][] probabilities, int[] labels, int classes) {
        double[] thresholds = thresholds(probabilities, labels, classes);
        List<Suspect> suspects = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            float[] row = probabilities[i];
            int other = -1;
            for (int c = 0; c < classes; c++) {
                if (c != labels[i] && row[c] >= thresholds[c] && (other < 0 || row[c] > row[other])) {
                    other = c;
                }
            }
            if (other >= 0 && row[other] > row[labels[i]]) {
                suspects.add(new Suspect(i, other, row[other]));
            }
        }
        return suspects;
    }

    /** Of a class that nothing is labelled as: more than any probability. */
    private static double[] thresholds(float[][] probabilities, int[] labels, int classes) {
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            sums[labels[i]] += probabilities[i][labels[i]];
            counts[labels[i]]++;
        }
        for (int c = 0; c < classes; c++) {
            sums[c] = counts[c] == 0 ? 2 : SHARE * sums[c] / counts[c];
        }
        return sums;
    }
}
