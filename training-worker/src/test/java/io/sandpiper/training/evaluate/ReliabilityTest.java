/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.schemas.EvaluationReport.Bin;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

    private final Reliability reliability = new Reliability();

    @Test
    void rightAsOftenAsSure_isCalibrated() {
        add(0.75f, 3, 1);
        add(0.5f, 2, 2);

        assertThat(reliability.calibration().expectedError()).isZero();
    }

    @Test
    void alwaysSureAndHalfWrong_isOffByHalf() {
        add(1, 5, 5);

        Calibration calibration = reliability.calibration();

        assertThat(calibration.expectedError()).isEqualTo(0.5);
        assertThat(calibration.brier())
                .as("half of them off by 1 for both classes")
                .isEqualTo(1);
    }

    /** 4 pictures in (0.6, 0.667] of which 1 is right, 6 in (0.867, 0.933] of which 6 are. */
    @Test
    void bins_byHand() {
        add(0.65f, 1, 3);
        add(0.9f, 6, 0);

        Calibration calibration = reliability.calibration();

        assertThat(calibration.bins()).hasSize(15);
        assertThat(calibration.bins().get(8)).isEqualTo(new Bin(8 / 15.0, 9 / 15.0, 0, null, null));
        Bin unsure = calibration.bins().get(9);
        assertThat(unsure.images()).isEqualTo(4);
        assertThat(unsure.confidence()).isCloseTo(0.65, within(1e-6));
        assertThat(unsure.accuracy()).isEqualTo(0.25);
        assertThat(calibration.bins().get(13).accuracy()).isEqualTo(1);
        assertThat(calibration.expectedError()).isCloseTo(0.4 * 0.4 + 0.6 * 0.1, within(1e-6));
        assertThat(calibration.brier())
                .isCloseTo((2 * 0.35 * 0.35 + 3 * 2 * 0.65 * 0.65 + 6 * 2 * 0.1 * 0.1) / 10, within(1e-6));
    }

    /** As Guo et al. have it: a bin takes its upper end, not its lower one. */
    @Test
    void borderOfTwoBins_isInTheLowerOne() {
        reliability.add(new float[] {0.2f, 0.2f, 0.2f, 0.2f, 0.2f}, 0, 0);

        assertThat(reliability.calibration().bins().get(2).images()).isEqualTo(1);
    }

    @Test
    void noNumber_isNotSure() {
        reliability.add(new float[] {Float.NaN, Float.NaN}, 0, 1);

        assertThat(reliability.calibration().bins().get(0).images()).isEqualTo(1);
    }

    private void add(float sure, int right, int wrong) {
        for (int i = 0; i < right + wrong; i++) {
            reliability.add(new float[] {sure, 1 - sure}, 0, i < right ? 0 : 1);
        }
    }
}
