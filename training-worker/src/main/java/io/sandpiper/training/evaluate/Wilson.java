/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport.Interval;

/** How far a share that was counted may be from the true one. */
final class Wilson {

    /** Standard deviations that hold 95 % of a normal distribution. */
    private static final double Z = 1.959964;

    private Wilson() {}

    /**
     * The score interval with 95 % confidence (Wilson, 1927): holds for few pictures, too, and for shares near 0 and 1.
     *
     * @param trials at least one
     */
    static Interval interval(long successes, long trials) {
        double share = (double) successes / trials;
        double shrink = 1 + Z * Z / trials;
        double centre = (share + Z * Z / (2 * trials)) / shrink;
        double reach = Z / shrink * Math.sqrt(share * (1 - share) / trials + Z * Z / (4.0 * trials * trials));
        return new Interval(Math.max(0, centre - reach), Math.min(1, centre + reach));
    }
}
