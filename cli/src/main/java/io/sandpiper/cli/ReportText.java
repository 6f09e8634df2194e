/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.DatasetReport.Readings;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A report for a terminal: its numbers and its sentences. */
final class ReportText {

    private ReportText() {}

    static List<String> lines(String version, EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("%s %s: %s of %d held-out pictures right"
                .formatted(report.model(), version, percent(report.accuracy()), report.images()));
        if (report.accuracyInterval() != null) {
            lines.add("95 % interval     "
                    + percent(report.accuracyInterval().low()) + " to "
                    + percent(report.accuracyInterval().high()));
        }
        lines.add("macro F1          " + four(report.macroF1()));
        if (report.macroRocAuc() != null) {
            lines.add("macro ROC AUC     " + four(report.macroRocAuc()));
        }
        if (report.calibration() != null) {
            lines.add("calibration error " + four(report.calibration().expectedError()));
        }
        lines.add("loss              " + four(report.loss()));
        lines.add("pictures a second " + Math.round(report.imagesPerSecond()));
        lines.add("");
        classes(report, lines);
        List<String> sentences = sentences(report);
        if (!sentences.isEmpty()) {
            lines.add("");
            lines.addAll(sentences);
        }
        return lines;
    }

    private static void classes(EvaluationReport report, List<String> lines) {
        int width = report.classes().stream()
                .mapToInt(c -> c.label().length())
                .max()
                .orElse(0);
        String row = "%-" + Math.max("class".length(), width) + "s  %8s  %9s  %6s  %6s";
        lines.add(row.formatted("class", "held out", "precision", "recall", "F1"));
        for (ClassReport c : report.classes()) {
            lines.add(row.formatted(c.label(), c.support(), four(c.precision()), four(c.recall()), four(c.f1())));
        }
    }

    private static List<String> sentences(EvaluationReport report) {
        List<String> sentences = new ArrayList<>();
        if (report.confusions() != null) {
            sentences.addAll(report.confusions());
        }
        if (report.calibration() != null && report.calibration().reading() != null) {
            sentences.add(report.calibration().reading());
        }
        if (report.dataset() != null) {
            Readings readings = report.dataset().readings();
            Stream.of(readings.classes(), readings.brightness(), readings.intensity(), readings.resolutions())
                    .filter(Objects::nonNull)
                    .forEach(sentences::add);
        }
        return sentences;
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
