/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport.RocCurve;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ROC curve of one class against the rest: at each threshold, how many of the class's pictures and how many of the
 * others have a probability that is not below it (Fawcett, 2006, algorithm 1).
 */
final class Roc {

    /** Of the rates of a thinned curve: a hundred-thousandth moves no area that anybody sees. */
    private static final double STEPS = 1e5;

    /** Of the class and of the others, at or above each threshold, highest first; both begin with 0 and end with all. */
    private final int[] positives;

    private final int[] negatives;

    private Roc(int[] positives, int[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
    }

    /**
     * Sorts the probabilities.
     *
     * @param probabilities for the class, one a picture
     * @param truths whether each picture is of the class
     * @return null when all pictures are on one side
     */
    static @Nullable Roc of(float[] probabilities, boolean[] truths) {
        long[] order = sorted(probabilities);
        int[] positives = new int[order.length + 1];
        int[] negatives = new int[order.length + 1];
        int points = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            boolean tied = i < order.length - 1 && order[i] >> 32 == order[i + 1] >> 32;
            if (!tied) {
                points++;
                positives[points] = positives[points - 1];
                negatives[points] = negatives[points - 1];
            }
            if (truths[(int) order[i]]) {
                positives[points]++;
            } else {
                negatives[points]++;
            }
        }
        return positives[points] == 0 || negatives[points] == 0
                ? null
                : new Roc(Arrays.copyOf(positives, points + 1), Arrays.copyOf(negatives, points + 1));
    }

    /** Probabilities in the upper halves, as numbers that sort alike; in the lower ones whose they are. */
    private static long[] sorted(float[] probabilities) {
        long[] order = new long[probabilities.length];
        for (int i = 0; i < order.length; i++) {
            int bits = Float.floatToIntBits(probabilities[i] + 0f); // no zero below zero
            order[i] = (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << 32 | i;
        }
        Arrays.sort(order);
        return order;
    }

    /**
     * Area under the curve: how likely a picture of the class has a higher probability for it than one of another class,
     * ties counting half (Mann and Whitney, 1947).
     */
    double area() {
        double twice = 0;
        for (int i = 1; i < positives.length; i++) {
            twice += (double) (negatives[i] - negatives[i - 1]) * (positives[i] + positives[i - 1]);
        }
        return twice / 2 / ((double) positives[positives.length - 1] * negatives[negatives.length - 1]);
    }

    /**
     * The same curve, of few of its points. Begins with both ends, and goes on taking the point that spans the largest
     * triangle with its two neighbours among those taken (after Ramer, 1972, and Douglas and Peucker, 1973).
     *
     * @param most points, at least two
     */
    RocCurve thinned(int most) {
        int last = positives.length - 1;
        TreeSet<Integer> taken = new TreeSet<>(List.of(0, last));
        PriorityQueue<Gap> gaps =
                new PriorityQueue<>(Comparator.comparingDouble(Gap::area).reversed());
        gaps.add(gap(0, last));
        while (taken.size() < most && gaps.element().area() > 0) {
            Gap widest = gaps.remove();
            taken.add(widest.at());
            gaps.add(gap(widest.from(), widest.at()));
            gaps.add(gap(widest.at(), widest.to()));
        }
        return new RocCurve(
                taken.stream().map(i -> rate(negatives, i)).toList(),
                taken.stream().map(i -> rate(positives, i)).toList());
    }

    /** @param at the point between that spans the largest triangle with both ends */
    private record Gap(int from, int at, int to, double area) {}

    private Gap gap(int from, int to) {
        double width = negatives[to] - negatives[from];
        double height = positives[to] - positives[from];
        int at = from;
        double largest = 0;
        for (int i = from + 1; i < to; i++) {
            double area =
                    Math.abs(width * (positives[i] - positives[from]) - height * (negatives[i] - negatives[from]));
            if (area > largest) {
                largest = area;
                at = i;
            }
        }
        return new Gap(from, at, to, largest);
    }

    private static double rate(int[] counts, int point) {
        return Math.round(STEPS * counts[point] / counts[counts.length - 1]) / STEPS;
    }
}
