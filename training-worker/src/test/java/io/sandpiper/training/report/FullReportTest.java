/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageHeader;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.DatasetReport;
import io.sandpiper.schemas.DatasetReport.Brightness;
import io.sandpiper.schemas.DatasetReport.Resolution;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.Mistake;
import io.sandpiper.schemas.Json;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.HeldOut;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.report.page.ReportPage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullReportTest {

    private static final List<String> TEN =
            IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();

    /** However large the pictures are that the network sees. */
    @ParameterizedTest
    @ValueSource(ints = {28, 64, 224})
    void report_staysSmall_andItsPicturesAsLargeAsTheyMayBe(int side) throws ImageRejectedException {
        EvaluationReport report = Reports.report(Reports.dataset(TEN, 60, side));

        assertThat(Json.writePretty(report)).hasSizeBetween(200_000, 500_000);
        ImageHeader mistake = header(report.worstMistakes().get(0).thumbnail());
        ImageHeader sample = header(report.dataset().classes().get(0).samples().get(0));
        assertThat(mistake.width()).isEqualTo(mistake.height()).isBetween(28, 96);
        assertThat(sample.width()).isEqualTo(sample.height()).isBetween(24, 96);
    }

    @Test
    void mistakes_nameTheStoredPicture_andBothClasses() {
        Dataset dataset = Reports.dataset(TEN, 200, 16);

        EvaluationReport report = Reports.report(dataset);

        assertThat(report.worstMistakes())
                .isNotEmpty()
                .extracting(Mistake::probability)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(report.worstMistakes()).allSatisfy(m -> {
            Sample sample = dataset.test().stream()
                    .filter(s -> s.origin().sha256().equals(m.sha256()))
                    .findFirst()
                    .orElseThrow();
            assertThat(m.label()).isEqualTo(TEN.get(sample.label())).isNotEqualTo(m.predicted());
            assertThat(m.probability()).isGreaterThanOrEqualTo(m.labelProbability());
        });
    }

    @Test
    void versionThatWasMadeBefore_isJudgedByTheSameFigures_withoutThoseOfALearning() {
        Dataset dataset = Reports.dataset(TEN, 200, 16);
        EvaluationReport whole = Reports.report(dataset);

        EvaluationReport anew = FullReport.of(
                Evaluator.evaluate("drawn", new HueClassifier(TEN), dataset.test(), 0),
                new HeldOut(dataset.digest(), TEN, dataset.test(), List.of()));

        assertThat(anew.accuracy()).isEqualTo(whole.accuracy());
        assertThat(anew.confusion()).isEqualTo(whole.confusion());
        assertThat(anew.confusions()).isEqualTo(whole.confusions());
        assertThat(anew.worstMistakes())
                .extracting(Mistake::sha256)
                .isEqualTo(whole.worstMistakes().stream().map(Mistake::sha256).toList());
        assertThat(anew.dataset()).isNull();
        assertThat(anew.epochs()).isNull();
        assertThat(new String(ReportPage.of(anew, "Version 3, evaluated anew.", List.of()), StandardCharsets.UTF_8))
                .contains("Version 3, evaluated anew.", "<h2>Worst mistakes</h2>")
                .doesNotContain("<h2>Data set</h2>", "<h2>Fitting</h2>", "learned from");
    }

    @Test
    void manyClasses_haveFewerSamplesEach() {
        List<String> labels = IntStream.range(0, 40).mapToObj(i -> "class " + i).toList();

        DatasetReport dataset = Reports.report(Reports.dataset(labels, 400, 16)).dataset();

        assertThat(dataset.classes()).allSatisfy(c -> assertThat(c.samples()).hasSize((int) Math.min(3, c.train())));
    }

    @Test
    void figures_byHand() {
        List<Sample> train = List.of(
                sample(0, 0, 8, 8),
                sample(0, 255, 8, 8),
                sample(1, 128, 8, 8),
                sample(1, 128, 12, 8),
                sample(1, 128, 12, 8));
        Dataset dataset = new Dataset("1".repeat(64), List.of("a", "b"), train, List.of(), List.of(sample(1, 1, 8, 8)));

        DatasetReport report = new DatasetFigures(dataset).report(100_000);

        assertThat(report.classes().get(0).train()).isEqualTo(2);
        assertThat(report.classes().get(0).test()).isZero();
        assertThat(report.classes().get(1).test()).isEqualTo(1);
        assertThat(report.classes().get(0).brightness()).isEqualTo(new Brightness(127.5, 127.5));
        assertThat(report.classes().get(1).brightness()).isEqualTo(new Brightness(128, 0));
        assertThat(report.classes().get(1).samples()).hasSize(3);
        assertThat(report.intensity()).hasSize(1);
        assertThat(report.intensity().get(0)).hasSize(32).startsWith(0.2, 0.0).endsWith(0.0, 0.2);
        assertThat(report.intensity().get(0).get(16)).isCloseTo(0.6, within(1e-9));
        assertThat(report.resolutions()).containsExactly(new Resolution(8, 8, 4), new Resolution(12, 8, 2));
        assertThat(report.readings().classes()).startsWith("No picture of a was held out");
    }

    @Test
    void picturesOfUnknownOrigin_haveNoSizes() {
        Sample sample = new Sample(new Pixels(1, 1, 1, new byte[1]), 0);
        Dataset dataset = new Dataset("1".repeat(64), List.of("a", "b"), List.of(sample), List.of(), List.of(sample));

        assertThat(new DatasetFigures(dataset).report(1_000).resolutions()).isEmpty();
    }

    private static Sample sample(int label, int level, int width, int height) {
        return new Sample(
                new Pixels(1, 1, 2, new byte[] {(byte) level, (byte) level}),
                label,
                new Sample.Origin("0".repeat(64), width, height));
    }

    private static ImageHeader header(String dataUri) throws ImageRejectedException {
        return new ImageDecoder(ImageLimits.DEFAULT)
                .inspect(Base64.getDecoder().decode(dataUri.substring(Thumbnails.PREFIX.length())));
    }
}
