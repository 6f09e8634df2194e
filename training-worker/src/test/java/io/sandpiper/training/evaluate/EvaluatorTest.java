/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ConfidenceInterval;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluation.Mistake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

    /** The brighter the pixel, the surer of the second class. */
    private static final class SureOfBright extends Drawn {

        static float sure(Pixels pixels) {
            float bright = (pixels.samples()[0] & 0xff) / 255f;
            return Math.max(bright, 1 - bright);
        }

        @Override
        public float[][] classify(List<Pixels> batch) {
            return batch.stream()
                    .map(p -> (p.samples()[0] & 0xff) / 255f)
                    .map(bright -> new float[] {1 - bright, bright})
                    .toArray(float[][]::new);
        }
    }

    /** Says with 80 % that the class is the value of the one pixel. */
    private static final Classifier READS_THE_PIXEL = new Drawn() {
        @Override
        public float[][] classify(List<Pixels> batch) {
            return batch.stream()
                    .map(p -> p.samples()[0] == 0 ? new float[] {0.8f, 0.2f} : new float[] {0.2f, 0.8f})
                    .toArray(float[][]::new);
        }
    };

    /** Of two classes, by one pixel. */
    private abstract static class Drawn implements Classifier {
        @Override
        public List<String> labels() {
            return List.of("a", "b");
        }

        @Override
        public ModelManifest.Input input() {
            return new ModelManifest.Input(1, 1, 1, List.of(0.0), List.of(1.0));
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
    }

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
        assertThat(report.calibration()).isNotNull();
        assertThat(report.calibration().expectedError())
                .as("80 %% sure, 75 %% right")
                .isCloseTo(0.05, within(1e-6));
        assertThat(report.accuracyInterval()).isEqualTo(ConfidenceInterval.ofShare(75, 100));
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

    /** Of a job that is cancelled, or whose worker stops. */
    @Test
    void interruptedThread_endsIt() {
        List<Sample> samples = new ArrayList<>();
        add(samples, 3, 0, 0);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Evaluator.evaluate("m", READS_THE_PIXEL, samples, 0))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).as("whoever asks next can tell").isTrue();
    }

    @Test
    void worstMistakes_areTheSurest_inOrder_andNoneIsRight() {
        List<Sample> samples = new ArrayList<>();
        Random random = new Random(6);
        for (int i = 0; i < 500; i++) {
            samples.add(new Sample(new Pixels(1, 1, 1, new byte[] {(byte) random.nextInt(256)}), random.nextInt(2)));
        }

        Evaluation evaluation = Evaluator.evaluate("m", new SureOfBright(), samples, 0);

        assertThat(evaluation.worst())
                .hasSize(24)
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Mistake::probability).reversed())
                .allSatisfy(m -> {
                    assertThat(evaluation.right().get(m.index())).isFalse();
                    assertThat(m.predicted())
                            .isNotEqualTo(samples.get(m.index()).label());
                    assertThat(m.probability() + m.labelProbability()).isCloseTo(1, within(1e-6));
                });
        double leastSure = evaluation.worst().get(23).probability();
        for (int i = 0; i < samples.size(); i++) {
            int index = i;
            if (!evaluation.right().get(i) && evaluation.worst().stream().noneMatch(m -> m.index() == index)) {
                assertThat(SureOfBright.sure(samples.get(i).pixels()))
                        .as("one that is left out")
                        .isLessThanOrEqualTo((float) leastSure);
            }
        }
    }

    @Test
    void fewMistakes_areAllOfThem() {
        List<Sample> samples = new ArrayList<>();
        add(samples, 30, 0, 0);
        add(samples, 2, 0, 1);

        assertThat(Evaluator.evaluate("m", READS_THE_PIXEL, samples, 0).worst())
                .extracting(Mistake::index)
                .containsExactly(30, 31);
    }

    private static void add(List<Sample> samples, int count, int truth, int predicted) {
        for (int i = 0; i < count; i++) {
            samples.add(new Sample(new Pixels(1, 1, 1, new byte[] {(byte) predicted}), truth));
        }
    }
}
