/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.ConfidenceInterval;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.training.report.Numbers;

/** The numbers that are asked for first. */
final class VerdictCards {

    private VerdictCards() {}

    static String of(EvaluationReport report) {
        StringBuilder cards = new StringBuilder("<dl class=\"cards\">\n");
        ConfidenceInterval interval = report.accuracyInterval();
        cards.append(card(
                "accuracy",
                Numbers.fixed(100 * report.accuracy(), 2) + " %",
                interval == null
                        ? ""
                        : "95 %% interval: %s to %s %%"
                                .formatted(
                                        Numbers.fixed(100 * interval.low(), 2),
                                        Numbers.fixed(100 * interval.high(), 2))));
        cards.append(card("macro F1", Numbers.fixed(report.macroF1(), 4), "mean of the classes"));
        if (report.macroRocAuc() != null) {
            cards.append(card("macro ROC AUC", Numbers.fixed(report.macroRocAuc(), 4), "each class against the rest"));
        }
        if (report.calibration() != null) {
            cards.append(card(
                    "calibration error",
                    Numbers.fixed(report.calibration().expectedError(), 4),
                    "ECE, 15 bins; Brier score "
                            + Numbers.fixed(report.calibration().brier(), 4)));
        }
        cards.append(card("loss", Numbers.fixed(report.loss(), 4), "mean cross-entropy, nats"));
        cards.append(card(
                "pictures held out",
                Numbers.count(report.images()),
                report.trainingImages() == 0 ? "" : "learned from " + Numbers.count(report.trainingImages())));
        cards.append(card(
                "pictures a second",
                Numbers.count(Math.round(report.imagesPerSecond())),
                "as it serves, on the trainer's machine"));
        return cards.append("</dl>\n").toString();
    }

    private static String card(String name, String value, String note) {
        return "<div><dt>%s</dt><dd><b>%s</b><small>%s</small></dd></div>%n"
                .formatted(Html.text(name), Html.text(value), Html.text(note));
    }
}
