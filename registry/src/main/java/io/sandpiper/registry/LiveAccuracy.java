/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.ConfidenceInterval;
import java.util.Map;

/**
 * How often a version was right in service, as far as anybody said what its pictures show.
 *
 * @param labelled of how many predictions that is known
 * @param right how many of them were right
 * @param confusion how many, by what they show and then by what was answered; only what there is
 */
public record LiveAccuracy(long labelled, long right, Map<String, Map<String, Long>> confusion) {

    /** A fraction; 0 where nothing is known. */
    public double accuracy() {
        return labelled == 0 ? 0 : (double) right / labelled;
    }

    /** Where its accuracy in service lies, if the labelled ones are like the others; everywhere where nothing is known. */
    public ConfidenceInterval interval() {
        return labelled == 0 ? new ConfidenceInterval(0, 1) : ConfidenceInterval.ofShare(right, labelled);
    }
}
