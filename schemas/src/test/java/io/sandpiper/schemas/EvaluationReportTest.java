/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EvaluationReportTest {

    /** They were written before reports had calibration, pictures and figures of the data set. */
    @ParameterizedTest
    @ValueSource(strings = {"mnist", "cifar10"})
    void reportFromBefore_isReadAndWrittenBackUnchanged(String model) throws IOException {
        byte[] shipped = Files.readAllBytes(Path.of("../models", model, "report.json"));

        EvaluationReport report = Json.read(shipped, EvaluationReport.class);

        assertThat(report.images()).isEqualTo(10_000);
        assertThat(report.calibration()).isNull();
        assertThat(report.worstMistakes()).isNull();
        assertThat(report.dataset()).isNull();
        JsonMapper mapper = new JsonMapper();
        assertThat(mapper.readTree(Json.write(report))).isEqualTo(mapper.readTree(shipped));
    }
}
