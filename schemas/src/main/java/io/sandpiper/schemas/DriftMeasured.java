/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;

/**
 * How far what a version is given lately is from what it was judged on.
 *
 * @param images answered lately, that this speaks of
 * @param referenceImages what they are held against
 * @param meanProbability of the most probable label, lately; a fraction
 * @param referenceMeanProbability the same, of what it is held against
 * @param drifted whether a figure is above its limit, or has not come down from it yet
 * @param sentence for people, with the numbers
 */
public record DriftMeasured(
        String model,
        String version,
        long images,
        Reference reference,
        long referenceImages,
        double meanProbability,
        double referenceMeanProbability,
        List<Figure> figures,
        boolean drifted,
        String sentence,
        Instant at) {

    public DriftMeasured {
        figures = List.copyOf(figures);
    }

    /** What answers are held against. */
    public enum Reference {
        /** Pictures that were held out when the version was trained. */
        HELD_OUT,
        /** The first that it answered in service: of a version that nobody evaluated. */
        FIRST_SERVED
    }

    /** What is compared. */
    public enum Measure {
        /** How often each label is answered: population stability index. */
        CLASSES,
        /** How sure it is: population stability index. */
        PROBABILITIES,
        /** What the network sees: squared maximum mean discrepancy of its last features, in units of their variance. */
        FEATURES
    }

    /** @param limit above it, the two differ in a way that chance does not explain and that matters */
    public record Figure(Measure measure, double value, double limit) {

        public boolean exceeds() {
            return value > limit;
        }
    }

    public String key() {
        return model + "/" + version;
    }
}
