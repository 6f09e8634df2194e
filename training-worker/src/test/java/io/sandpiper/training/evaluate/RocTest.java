/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.schemas.EvaluationReport.RocCurve;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RocTest {

    @Test
    void perfectOrder_isOne_andTheReverseZero() {
        boolean[] truths = {false, false, true, true};

        assertThat(area(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, truths)).isEqualTo(1);
        assertThat(area(new float[] {0.4f, 0.3f, 0.2f, 0.1f}, truths)).isEqualTo(0);
    }

    @Test
    void allTheSame_isHalf() {
        assertThat(area(new float[] {0.5f, 0.5f, 0.5f}, new boolean[] {true, false, true}))
                .isEqualTo(0.5);
    }

    @Test
    void oneSideOnly_hasNone() {
        assertThat(Roc.of(new float[] {0.5f}, new boolean[] {true})).isNull();
    }

    @Test
    void ranks_giveWhatComparingAllPairsGives() {
        Random random = new Random(4);
        float[] probabilities = new float[300];
        boolean[] truths = new boolean[300];
        for (int i = 0; i < 300; i++) {
            probabilities[i] = random.nextInt(20) / 20f;
            truths[i] = random.nextInt(3) == 0;
        }
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                if (truths[i] && !truths[j]) {
                    pairs++;
                    wins += probabilities[i] > probabilities[j] ? 1 : probabilities[i] == probabilities[j] ? 0.5 : 0;
                }
            }
        }

        assertThat(area(probabilities, truths)).isCloseTo(wins / pairs, within(1e-12));
    }

    /** From guessing to nearly perfect, with many pictures and with few, and with ties. */
    @ParameterizedTest
    @CsvSource({"0, 10000, 1e6", "1, 10000, 1e6", "2, 3000, 1e6", "4, 500, 1e6", "1, 200, 1e6", "1, 5000, 10"})
    void thinning_keepsTheArea(double apart, int pictures, double steps) {
        Random random = new Random(5);
        float[] probabilities = new float[pictures];
        boolean[] truths = new boolean[pictures];
        for (int i = 0; i < pictures; i++) {
            truths[i] = i % 10 == 0;
            double logit = random.nextGaussian() + (truths[i] ? apart : 0);
            probabilities[i] = (float) (Math.round(steps / (1 + Math.exp(-logit))) / steps);
        }

        Roc whole = Objects.requireNonNull(Roc.of(probabilities, truths));
        RocCurve thinned = whole.thinned(50);

        List<Double> x = thinned.falsePositiveRate();
        List<Double> y = thinned.truePositiveRate();
        assertThat(x)
                .hasSameSizeAs(y)
                .hasSizeLessThanOrEqualTo(50)
                .isSorted()
                .startsWith(0.0)
                .endsWith(1.0);
        assertThat(y).isSorted().startsWith(0.0).endsWith(1.0);
        double area = 0;
        for (int i = 1; i < x.size(); i++) {
            area += (x.get(i) - x.get(i - 1)) * (y.get(i) + y.get(i - 1)) / 2;
        }
        assertThat(area).isCloseTo(whole.area(), within(0.002));
    }

    @Test
    void noNumbers_areSortedLikeAnyOthers() {
        assertThat(area(new float[] {Float.NaN, Float.NaN, 0.1f}, new boolean[] {true, false, false}))
                .isEqualTo(0.75);
    }

    private static double area(float[] probabilities, boolean[] truths) {
        return Objects.requireNonNull(Roc.of(probabilities, truths)).area();
    }
}
