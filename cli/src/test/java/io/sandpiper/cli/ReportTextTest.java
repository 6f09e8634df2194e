/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.ConfidenceInterval;
import io.sandpiper.schemas.DatasetReport;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextTest {

    @Test
    void lines_areNumbers_classes_andSentences() {
        EvaluationReport report = new EvaluationReport(
                "pets",
                40,
                0.875,
                0.31,
                0.9,
                0.9,
                0.88,
                0.97,
                List.of(
                        new ClassReport("cat", 20, 1, 0.75, 0.8571, null, null),
                        new ClassReport("a dog", 20, 0.8, 1, 0.8889, null, null)),
                List.of(),
                1234.5,
                100,
                Instant.EPOCH,
                new ConfidenceInterval(0.739, 0.945),
                new Calibration(0.05, 0.2, List.of(), "Surer than it is right."),
                List.of("5 of 20 pictures of cat were taken for a dog (25.0 %)."),
                null,
                null,
                new DatasetReport(
                        "", List.of(), List.of(), List.of(), 0, new DatasetReport.Readings(null, "Dark.", null, null)));

        assertThat(ReportText.lines("3", report))
                .containsExactly(
                        "pets 3: 87.50 % of 40 held-out pictures right",
                        "95 % interval     73.90 % to 94.50 %",
                        "macro F1          0.8800",
                        "macro ROC AUC     0.9700",
                        "calibration error 0.0500",
                        "loss              0.3100",
                        "pictures a second 1235",
                        "",
                        "class  held out  precision  recall      F1",
                        "cat          20     1.0000  0.7500  0.8571",
                        "a dog        20     0.8000  1.0000  0.8889",
                        "",
                        "5 of 20 pictures of cat were taken for a dog (25.0 %).",
                        "Surer than it is right.",
                        "Dark.");
    }

    @Test
    void reportFromBefore_hasNumbersAndClasses() throws IOException {
        byte[] shipped = Files.readAllBytes(Path.of("../models/mnist/report.json"));

        assertThat(ReportText.lines("1", Json.read(shipped, EvaluationReport.class)))
                .startsWith("mnist 1: 99.52 % of 10000 held-out pictures right", "macro F1          0.9952")
                .noneMatch(line -> line.contains("null"));
    }
}
