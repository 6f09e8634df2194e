/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import io.sandpiper.schemas.DriftMeasured.Figure;
import io.sandpiper.schemas.DriftMeasured.Measure;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.schemas.ServingProfile.FeatureSketch;
import io.sandpiper.training.TrainingProperties.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds answers against a reference. A limit is what matters, or what chance may do, whichever is more. */
final class DriftRule {

    private final Drift limits;

    DriftRule(Drift limits) {
        this.limits = limits;
    }

    /** Both of at least two pictures; those of the features only where both have them. */
    List<Figure> compare(ServingProfile reference, ServingProfile live) {
        List<Figure> figures = new ArrayList<>();
        Set<String> labels = new TreeSet<>(reference.classes().keySet());
        labels.addAll(live.classes().keySet());
        figures.add(index(
                Measure.CLASSES,
                limits.classes(),
                counts(labels, reference),
                counts(labels, live),
                reference.images(),
                live.images()));
        figures.add(index(
                Measure.PROBABILITIES,
                limits.probabilities(),
                reference.probabilities(),
                live.probabilities(),
                reference.images(),
                live.images()));
        FeatureSketch referenced = reference.features();
        FeatureSketch lately = live.features();
        if (referenced != null
                && lately != null
                && referenced.sum().size() == lately.sum().size()) {
            Double freedom = referenced.freedom();
            figures.add(new Figure(
                    Measure.FEATURES,
                    Discrepancy.features(reference, referenced, live, lately),
                    Math.max(
                            limits.features(),
                            Discrepancy.featuresByChance(
                                    freedom == null ? 1 : freedom, reference.images(), live.images()))));
        }
        return figures;
    }

    private static Figure index(
            Measure measure, double limit, List<Long> reference, List<Long> live, long referenceImages, long images) {
        return new Figure(
                measure,
                Discrepancy.populationStability(reference, live),
                Math.max(limit, Discrepancy.populationStabilityByChance(reference.size(), referenceImages, images)));
    }

    private static List<Long> counts(Set<String> labels, ServingProfile profile) {
        return labels.stream()
                .map(label -> profile.classes().getOrDefault(label, 0L))
                .toList();
    }
}
