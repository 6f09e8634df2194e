/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import io.sandpiper.training.report.Reports;
import io.sandpiper.training.report.page.ReportPage.Fact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final String HOSTILE = "<script>alert(1)</script>";
    private static final List<String> SECTIONS = List.of(
            "Verdict",
            "Confusion matrix",
            "Classes",
            "ROC curves",
            "Calibration",
            "Worst mistakes",
            "Data set",
            "Fitting",
            "Where it came from");

    private static final EvaluationReport REPORT =
            Reports.report(Reports.dataset(List.of("cat", "dog", "a \"quoted\" 'one'", HOSTILE), 120, 24));

    @Test
    void page_hasEverySection_inTheOrderOfTheQuestions() {
        String page = page(REPORT);

        assertThat(sections(page)).isEqualTo(SECTIONS);
        assertThat(page)
                .contains("Promoted: it is better.", "95 % interval: ", "sha256 of something")
                .contains(REPORT.confusions().get(0).replace("<", "&lt;").replace(">", "&gt;"));
    }

    /** Labels and reasons come from strangers. */
    @Test
    void whatStrangersNamed_isEscaped() {
        String page = page(REPORT);

        assertThat(page)
                .doesNotContainIgnoringCase("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("a &quot;quoted&quot; &#39;one&#39;")
                .contains("&lt;b onclick=&quot;x&quot;&gt;");
    }

    @Test
    void page_asksNothingOfAnybody() {
        String page = page(REPORT);

        assertThat(page)
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
                .doesNotContainIgnoringCase("http:")
                .doesNotContainIgnoringCase("https:")
                .doesNotContain("@import", "url(", "<link", "<iframe", "<form");
        Matcher sources = Pattern.compile("(src|href)=\"([^\"]{0,30})").matcher(page);
        assertThat(sources.results().map(r -> r.group(2)))
                .isNotEmpty()
                .allMatch(source -> source.startsWith("data:image/png;base64,"));
    }

    @Test
    void page_isWellFormed() {
        String page = page(REPORT);

        for (String tag :
                List.of("section", "table", "tr", "td", "th", "svg", "figure", "ul", "ol", "dl", "div", "p")) {
            assertThat(Pattern.compile("<" + tag + "[ >]")
                            .matcher(page)
                            .results()
                            .count())
                    .as(tag)
                    .isEqualTo(Pattern.compile("</" + tag + ">")
                            .matcher(page)
                            .results()
                            .count());
        }
    }

    /** It has neither calibration nor pictures nor figures. */
    @Test
    void reportFromBefore_hasFewerSections() throws IOException {
        EvaluationReport before =
                Json.read(Files.readAllBytes(Path.of("../models/cifar10/report.json")), EvaluationReport.class);

        String page = page(before);

        assertThat(sections(page)).containsExactly("Verdict", "Confusion matrix", "Classes", "Where it came from");
        assertThat(page).contains("87.41 %").doesNotContain("null");
    }

    @Test
    void classesThatNeedALargerTable_haveNone() {
        List<String> labels = IntStream.range(0, 41).mapToObj(i -> "class " + i).toList();

        String page = page(Reports.report(Reports.dataset(labels, 200, 8)));

        assertThat(page)
                .contains("The table of 41 classes is in report.json.")
                .contains("Shown are the 10 weakest of 41.")
                .doesNotContain("class=\"matrix\"");
    }

    private static List<String> sections(String page) {
        return Pattern.compile("<h2>(.*)</h2>")
                .matcher(page)
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    private static String page(EvaluationReport report) {
        byte[] page = ReportPage.of(
                report,
                "Promoted: it is better.",
                List.of(new Fact("snapshot", "sha256 of something"), new Fact("reason", "<b onclick=\"x\">")));
        return new String(page, StandardCharsets.UTF_8);
    }
}
