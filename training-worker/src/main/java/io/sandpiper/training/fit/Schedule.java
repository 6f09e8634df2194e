/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.training.fit.recipe.Recipe;

/**
 * The learning rate over the steps of a phase: up along a line, then down along a cosine, or at its peak until the watch
 * lets it fall. A plateau needs validation pictures; without them it is the cosine.
 */
final class Schedule {

    /** Of the peak: the cosine ends there, and a plateau falls no lower. */
    static final double FINAL_RATE = 0.01;

    private final Recipe.Training training;
    private final boolean plateau;

    Schedule(Recipe.Training training, boolean validates) {
        this.training = training;
        this.plateau = validates && training.plateauIfAny() != null;
    }

    /**
     * @param done share of the phase's steps
     * @param left share of the rate that the watch left
     */
    double rate(double done, double left) {
        if (done < training.warmup()) {
            return training.learningRate() * Math.max(FINAL_RATE, done / training.warmup());
        }
        return plateau ? training.learningRate() * left : cosine(done);
    }

    /** Loshchilov and Hutter, 2016 (arXiv 1608.03983), one cycle of it. */
    private double cosine(double done) {
        double cooling = (done - training.warmup()) / (1 - training.warmup());
        double cosine = (1 + Math.cos(Math.PI * cooling)) / 2;
        return training.learningRate() * (FINAL_RATE + (1 - FINAL_RATE) * cosine);
    }
}
