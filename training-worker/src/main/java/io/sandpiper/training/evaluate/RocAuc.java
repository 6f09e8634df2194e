/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Area under the ROC curve of one class against the rest: how likely a picture of the class has a higher probability for
 * it than one of another class, ties counting half. Computed by ranks, after Mann and Whitney, 1947.
 */
final class RocAuc {

    private RocAuc() {}

    /**
     * Ranks the probabilities.
     *
     * @param probabilities for the class, one a picture
     * @param truths whether each picture is of the class
     * @return null when all pictures are on one side
     */
    static @Nullable Double of(float[] probabilities, boolean[] truths) {
        Integer[] order = new Integer[probabilities.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(i -> probabilities[i]));
        double ranks = 0;
        long positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long among = 0;
            while (to < order.length && probabilities[order[to]] == probabilities[order[from]]) {
                among += truths[order[to]] ? 1 : 0;
                to++;
            }
            ranks += among * (from + 1 + to) / 2.0; // ties share the mean of their ranks
            positives += among;
            from = to;
        }
        long negatives = order.length - positives;
        return positives == 0 || negatives == 0
                ? null
                : (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }
}
