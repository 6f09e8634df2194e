/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import static io.sandpiper.training.report.Numbers.percent;

import io.sandpiper.schemas.DriftMeasured.Figure;
import io.sandpiper.schemas.DriftMeasured.Measure;
import io.sandpiper.schemas.DriftMeasured.Reference;
import io.sandpiper.schemas.ServingProfile;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the figures say, in words. */
final class DriftSentence {

    private DriftSentence() {}

    static String of(
            ServingProfile live, Reference kind, ServingProfile reference, List<Figure> figures, boolean drifted) {
        String against = "%d %s"
                .formatted(
                        reference.images(), kind == Reference.HELD_OUT ? "held-out pictures" : "that it served first");
        List<Figure> above = figures.stream().filter(Figure::exceeds).toList();
        if (above.isEmpty()) {
            return "The last %d answers are %s %s: %s."
                    .formatted(
                            live.images(),
                            drifted ? "nearly again like those for" : "like those for",
                            against,
                            words(figures));
        }
        return "The last %d answers are no longer like those for %s: %s. It is sure to %s on average; there it was to %s."
                .formatted(
                        live.images(),
                        against,
                        words(above),
                        percent(live.meanProbability()),
                        percent(reference.meanProbability()));
    }

    private static String words(List<Figure> figures) {
        return figures.stream()
                .map(figure -> String.format(
                        Locale.ROOT, "%s %.3f (limit %.3f)", words(figure.measure()), figure.value(), figure.limit()))
                .collect(Collectors.joining(", "));
    }

    private static String words(Measure measure) {
        return switch (measure) {
            case CLASSES -> "PSI of the answered classes";
            case PROBABILITIES -> "PSI of their probabilities";
            case FEATURES -> "squared MMD of the features, in units of their variance,";
        };
    }
}
