/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.DatasetReport.Brightness;
import io.sandpiper.schemas.DatasetReport.ClassFigures;
import io.sandpiper.schemas.DatasetReport.Resolution;
import io.sandpiper.schemas.EvaluationReport.Bin;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void calibration_saysInWhichDirection() {
        assertThat(Sentences.calibration(calibration(0.1, bin(60, 0.9, 0.8), bin(40, 0.7, 0.6))))
                .isEqualTo(
                        "Surer than it is right: on average it gives its answers 82.0 % and is right in 72.0 % of the cases.");
        assertThat(Sentences.calibration(calibration(0.1, bin(100, 0.8, 0.9))))
                .startsWith(
                        "Right more often than it is sure: on average it gives its answers 80.0 % and is right in 90.0 %");
        assertThat(Sentences.calibration(calibration(0.1, bin(50, 0.9, 0.8), bin(50, 0.6, 0.7))))
                .isEqualTo(
                        "Too sure in some ranges and not sure enough in others: its probabilities are 10.0 points off,"
                                + " on average.");
    }

    @Test
    void calibration_thatIsGood_needsNoWord() {
        assertThat(Sentences.calibration(calibration(0.01, bin(100, 0.9, 0.89))))
                .isNull();
    }

    @Test
    void confusions_areInPairs_mostFrequentFirst() {
        List<String> sentences = Sentences.confusions(
                List.of("cat", "dog", "frog"),
                List.of(List.of(80L, 12L, 8L), List.of(15L, 84L, 1L), List.of(0L, 1L, 99L)));

        assertThat(sentences)
                .containsExactly(
                        "15 of 100 pictures of dog were taken for cat (15.0 %), and 12 the other way round.",
                        "8 of 100 pictures of cat were taken for frog (8.0 %).",
                        "1 of 100 pictures of dog was taken for frog (1.0 %), and 1 the other way round.");
    }

    @Test
    void confusions_singleMistakes_areNone() {
        assertThat(Sentences.confusions(List.of("a", "b"), List.of(List.of(9L, 1L), List.of(0L, 10L))))
                .isEmpty();
    }

    @Test
    void confusions_areFiveAtMost() {
        List<Long> row = List.of(2L, 2L, 2L, 2L);
        assertThat(Sentences.confusions(List.of("a", "b", "c", "d"), List.of(row, row, row, row)))
                .hasSize(5);
    }

    @Test
    void classes_theWorstIsSaid() {
        assertThat(Sentences.classes(List.of(figures("cat", 310, 30), figures("dog", 100, 30))))
                .isEqualTo("The largest class has 3.1 times as many pictures to learn from as the smallest:"
                        + " 310 of cat, 100 of dog.");
        assertThat(Sentences.classes(List.of(figures("cat", 310, 30), figures("dog", 100, 0))))
                .isEqualTo("No picture of dog was held out: how well it is recognised is not known.");
        assertThat(Sentences.classes(List.of(figures("cat", 310, 30), figures("dog", 0, 30))))
                .isEqualTo("There was no picture of dog to learn from: it is never predicted but by chance.");
        assertThat(Sentences.classes(List.of(figures("cat", 100, 30), figures("dog", 100, 5))))
                .isEqualTo("Only 5 pictures of dog were held out: one more mistake takes 20 points off its recall.");
        assertThat(Sentences.classes(List.of(figures("cat", 100, 30), figures("dog", 100, 1))))
                .startsWith("Only 1 picture of dog was held out: one more mistake takes 100 points");
    }

    @Test
    void classes_thatAreBalanced_needNoWord() {
        assertThat(Sentences.classes(List.of(figures("cat", 140, 30), figures("dog", 100, 20))))
                .isNull();
    }

    @Test
    void intensity_saysBackgroundAndLowContrast() {
        assertThat(Sentences.intensity(List.of(List.of(0.75, 0.1, 0.05, 0.1))))
                .isEqualTo(
                        "75.0 % of all samples are black or nearly so: most of what the network sees is background.");
        assertThat(Sentences.intensity(List.of(List.of(0.1, 0.1, 0.1, 0.7))))
                .startsWith("70.0 % of all samples are white");
        assertThat(Sentences.intensity(List.of(List.of(0.0, 0.49, 0.5, 0.01), List.of(0.0, 0.5, 0.5, 0.0))))
                .isEqualTo("99.5 % of all samples lie between 64 and 191 of 255: there is little contrast.");
    }

    @Test
    void intensity_thatIsSpread_needsNoWord() {
        assertThat(Sentences.intensity(List.of(List.of(0.25, 0.25, 0.25, 0.25))))
                .isNull();
    }

    @Test
    void brightness_thatTellsClassesApart_isSaid() {
        assertThat(Sentences.brightness(List.of(
                        bright("night", new Brightness(40, 20)),
                        bright("nothing", null),
                        bright("dusk", new Brightness(80, 20)),
                        bright("day", new Brightness(160, 20)))))
                .isEqualTo(
                        "Brightness alone tells night (mean 40) from day (160): they are 6.0 standard deviations apart,"
                                + " and the network may have learned that.");
        assertThat(Sentences.brightness(
                        List.of(bright("a", new Brightness(100, 20)), bright("b", new Brightness(130, 20)))))
                .isNull();
    }

    @Test
    void resolutions_thatTheInputDoesNotFit_areSaid() {
        assertThat(Sentences.resolutions(List.of(new Resolution(28, 28, 60), new Resolution(300, 300, 40)), 224, 224))
                .isEqualTo("60.0 % of the pictures are smaller than the 224 x 224 pixels that the network sees:"
                        + " blown up, they show nothing new.");
        assertThat(Sentences.resolutions(List.of(new Resolution(400, 200, 25), new Resolution(300, 300, 75)), 224, 224))
                .isEqualTo("25.0 % of the pictures are squeezed to less than two thirds along one side to fit into"
                        + " 224 x 224 pixels: shapes change.");
        assertThat(Sentences.resolutions(List.of(new Resolution(28, 28, 60)), 28, 28))
                .isNull();
        assertThat(Sentences.resolutions(List.of(), 28, 28)).isNull();
    }

    private static Calibration calibration(double error, Bin... bins) {
        return new Calibration(error, 0, List.of(bins), null);
    }

    private static Bin bin(long images, double confidence, double accuracy) {
        return new Bin(0, 1, images, confidence, accuracy);
    }

    private static ClassFigures figures(String label, long train, long test) {
        return new ClassFigures(label, train, 0, test, null, List.of());
    }

    private static ClassFigures bright(String label, @Nullable Brightness brightness) {
        return new ClassFigures(label, 1, 0, 1, brightness, List.of());
    }
}
