/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.schemas.ServingProfile.FeatureSketch;
import java.util.List;

/**
 * How far two samples are apart, and how far chance alone would take them: in one of a million looks, as they are taken by
 * the thousand.
 */
final class Discrepancy {

    /** Standard deviations of the normal distribution that one of a million lies beyond. */
    private static final double Z = 4.753;

    /** What is counted in no sample yet may come all the same. */
    private static final double PRIOR = 0.5;

    private Discrepancy() {}

    /**
     * Population stability index of two histograms with the same bins: sum of (p - q) ln(p / q).
     *
     * @return 0 and up; by the rule of thumb of credit scoring, from 0.1 on they differ a little, from 0.25 on very much
     */
    static double populationStability(List<Long> first, List<Long> second) {
        double index = 0;
        double firstSum = sum(first);
        double secondSum = sum(second);
        for (int i = 0; i < first.size(); i++) {
            double p = (first.get(i) + PRIOR) / firstSum;
            double q = (second.get(i) + PRIOR) / secondSum;
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }

    private static double sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum() + PRIOR * counts.size();
    }

    /**
     * What the index stays below when both samples are of one kind: it goes as (1/n + 1/m) times chi-squared of k - 1 degrees
     * of freedom (Yurdakul and Naranjo, "Statistical properties of the population stability index", Journal of Risk Model
     * Validation 14, 2020).
     */
    static double populationStabilityByChance(int bins, long first, long second) {
        return bins < 2 ? 0 : (1.0 / first + 1.0 / second) * chiSquared(bins - 1);
    }

    /**
     * Squared maximum mean discrepancy of the mapped features (Gretton et al., "A kernel two-sample test", JMLR 13, 2012; the
     * unbiased estimate), over the variance of the reference: how far the mean has moved, as a share of how far pictures lie
     * from it anyway.
     *
     * @return 0 on average when both are of one kind, and then as often below it as above
     */
    static double features(
            ServingProfile reference, FeatureSketch referenced, ServingProfile live, FeatureSketch lately) {
        double m = reference.images();
        double n = live.images();
        double product = dot(referenced.sum(), lately.sum()) / (m * n);
        double referenceLength = dot(referenced.sum(), referenced.sum());
        double squared = (referenceLength - referenced.squares()) / (m * (m - 1))
                + (dot(lately.sum(), lately.sum()) - lately.squares()) / (n * (n - 1))
                - 2 * product;
        double variance = referenced.squares() / m - referenceLength / (m * m);
        return variance > 0 ? squared / variance : 0;
    }

    /**
     * What {@link #features} stays below when both are of one kind: a weighted sum of squared normals, taken for chi-squared
     * with as many degrees of freedom as there are directions (Satterthwaite, 1946).
     *
     * @param freedom in how many directions the features vary, effectively; 1 is the safe side
     */
    static double featuresByChance(double freedom, long first, long second) {
        return (1.0 / first + 1.0 / second) * (chiSquared(freedom) / freedom - 1);
    }

    /** The quantile beyond which one of a million lies (Wilson and Hilferty, 1931); too high where there is little freedom. */
    private static double chiSquared(double freedom) {
        double spread = 2 / (9 * freedom);
        return freedom * Math.pow(1 - spread + Z * Math.sqrt(spread), 3);
    }

    private static double dot(List<Double> a, List<Double> b) {
        double dot = 0;
        for (int i = 0; i < a.size(); i++) {
            dot += a.get(i) * b.get(i);
        }
        return dot;
    }
}
