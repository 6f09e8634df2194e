/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/** Where a share lies that was estimated from a sample; fractions. */
public record ConfidenceInterval(double low, double high) {

    /** Of the normal distribution, for 95 % between the two. */
    private static final double Z = 1.959964;

    /**
     * Of how many there are in all of what was sampled, with 95 % confidence: the score interval of E. B. Wilson,
     * "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
     *
     * @param trials at least one
     */
    public static ConfidenceInterval ofShare(long successes, long trials) {
        if (successes < 0 || trials < 1 || successes > trials) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(successes, trials));
        }
        double share = (double) successes / trials;
        double square = Z * Z;
        double middle = share + square / (2 * trials);
        double reach = Z * Math.sqrt((share * (1 - share) + square / (4.0 * trials)) / trials);
        double whole = 1 + square / trials;
        return new ConfidenceInterval(Math.max(0, (middle - reach) / whole), Math.min(1, (middle + reach) / whole));
    }
}
