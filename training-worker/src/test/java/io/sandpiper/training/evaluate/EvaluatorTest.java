/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.training.dataset.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    /** Says with 80 % that the class is the value of the one pixel. */
    private static final Classifier READS_THE_PIXEL = new Classifier() {
        @Override
        public List<String> labels() {
            return List.of("a", "b");
        }

        @Override
        public ModelManifest.Input input() {
            return new ModelManifest.Input(1, 1, 1, List.of(0.0), List.of(1.0));
        }

        @Override
        public float[][] classify(List<Pixels> batch) {
            return batch.stream()
                    .map(p -> p.samples()[0] == 0 ? new float[] {0.8f, 0.2f} : new float[] {0.2f, 0.8f})
                    .toArray(float[][]::new);
        }

        @Override
        public Answers explain(List<Pixels> batch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Classifier copy() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    };

    @Test
    void report_countsByHand() {
        List<Sample> samples = new ArrayList<>();
        add(samples, 60, 0, 0);
        add(samples, 20, 0, 1);
        add(samples, 15, 1, 1);
        add(samples, 5, 1, 0);

        EvaluationReport report =
                Evaluator.evaluate("m", READS_THE_PIXEL, samples, 7).report();

        assertThat(report.images()).isEqualTo(100);
        assertThat(report.trainingImages()).isEqualTo(7);
        assertThat(report.accuracy()).isEqualTo(0.75);
        assertThat(report.confusion()).containsExactly(List.of(60L, 20L), List.of(5L, 15L));
        assertThat(report.classes().get(0).precision()).isCloseTo(60 / 65.0, within(1e-12));
        assertThat(report.classes().get(0).recall()).isCloseTo(0.75, within(1e-12));
        assertThat(report.classes().get(1).precision()).isCloseTo(15 / 35.0, within(1e-12));
        assertThat(report.classes().get(1).f1()).isCloseTo(2 * (15 / 35.0) * 0.75 / (15 / 35.0 + 0.75), within(1e-12));
        // of 20 against 80: 15 x 60 won, 15 x 20 + 5 x 60 tied
        assertThat(report.classes().get(1).rocAuc()).isCloseTo((15 * 60 + 0.5 * 600) / 1600, within(1e-12));
        assertThat(report.macroRocAuc()).isCloseTo((15 * 60 + 0.5 * 600) / 1600, within(1e-12));
        assertThat(report.loss()).isCloseTo(-(75 * Math.log(0.8) + 25 * Math.log(0.2)) / 100, within(1e-6));
    }

    @Test
    void classThatIsNeverPredicted_hasPrecisionZero() {
        List<Sample> samples = new ArrayList<>();
        add(samples, 3, 0, 0);
        add(samples, 1, 1, 0);

        EvaluationReport report =
                Evaluator.evaluate("m", READS_THE_PIXEL, samples, 0).report();

        assertThat(report.classes().get(1).precision()).isZero();
        assertThat(report.classes().get(1).f1()).isZero();
    }

    private static void add(List<Sample> samples, int count, int truth, int predicted) {
        for (int i = 0; i < count; i++) {
            samples.add(new Sample(new Pixels(1, 1, 1, new byte[] {(byte) predicted}), truth));
        }
    }
}
