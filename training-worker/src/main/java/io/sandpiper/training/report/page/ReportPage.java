/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.training.report.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An {@link EvaluationReport} for people: {@code report.html} of the archive. One file of HTML, CSS and SVG; asks nothing
 * of anybody when it is opened, runs nothing, reads in light and dark and on paper.
 */
public final class ReportPage {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%1$s, evaluated %2$s</title>
            <style>
            %3$s</style>
            </head>
            <body>
            <header>
            <h1>%1$s</h1>
            <p>%4$s</p>
            </header>
            <main>
            %5$s</main>
            </body>
            </html>
            """;

    private static final int MINUTES = 16;

    private ReportPage() {}

    /** Something that is known of a version. */
    public record Fact(String name, String value) {}

    /**
     * Draws the page.
     *
     * @param decision a sentence on what became of the version
     * @param provenance where it came from, in this order
     * @return UTF-8
     */
    public static byte[] of(EvaluationReport report, String decision, List<Fact> provenance) {
        String evaluated = report.evaluatedAt().toString().substring(0, MINUTES).replace('T', ' ') + " UTC";
        String sections = Html.section("Verdict", VerdictCards.of(report))
                + Html.section("Confusion matrix", ConfusionMatrix.of(report))
                + Html.section("Classes", ClassTable.of(report.classes()))
                + Html.section("ROC curves", RocChart.of(report.classes()))
                + Html.section("Calibration", ReliabilityChart.of(report.calibration()))
                + Html.section("Worst mistakes", MistakeGallery.of(report.worstMistakes()))
                + Html.section("Data set", DatasetSection.of(report.dataset()))
                + Html.section("Fitting", EpochChart.of(report.epochs()))
                + Html.section("Where it came from", facts(provenance));
        return PAGE.formatted(
                        Html.text(report.model()),
                        Html.text(evaluated),
                        style(),
                        Html.text("Evaluated on %s that were held out, %s. %s"
                                .formatted(Numbers.pictures(report.images()), evaluated, decision)),
                        sections)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String facts(List<Fact> facts) {
        return facts.isEmpty()
                ? ""
                : "<dl class=\"facts\">\n"
                        + facts.stream()
                                .collect(Html.lines(f -> "<div><dt>%s</dt><dd>%s</dd></div>"
                                        .formatted(Html.text(f.name()), Html.text(f.value()))))
                        + "\n</dl>\n";
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is not on the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
