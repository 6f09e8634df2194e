/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport.Bin;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how often a classifier is right when it is how sure: reliability diagram, expected calibration error (Guo,
 * Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, 2017, arXiv 1706.04599, equation 3) and the score of
 * Brier, 1950.
 */
final class Reliability {

    /** As many as the paper has. */
    static final int BINS = 15;

    private final long[] images = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] confidence = new double[BINS];
    private double squares;

    void add(float[] probabilities, int predicted, int truth) {
        float sure = probabilities[predicted];
        int bin = (int) Math.min(BINS - 1, Math.max(0, Math.ceil(BINS * sure) - 1));
        images[bin]++;
        right[bin] += predicted == truth ? 1 : 0;
        confidence[bin] += sure;
        for (int c = 0; c < probabilities.length; c++) {
            double off = probabilities[c] - (c == truth ? 1 : 0);
            squares += off * off;
        }
    }

    /** Of at least one picture. */
    Calibration calibration() {
        long all = 0;
        double apart = 0;
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            all += images[b];
            apart += Math.abs(right[b] - confidence[b]);
            bins.add(new Bin(
                    (double) b / BINS,
                    (b + 1.0) / BINS,
                    images[b],
                    images[b] == 0 ? null : Double.valueOf(confidence[b] / images[b]),
                    images[b] == 0 ? null : Double.valueOf((double) right[b] / images[b])));
        }
        return new Calibration(apart / all, squares / all, bins, null);
    }
}
