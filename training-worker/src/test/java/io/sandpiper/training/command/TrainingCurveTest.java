/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.EvaluationReport.Epoch;
import org.junit.jupiter.api.Test;

class TrainingCurveTest {

    /** What is told is a mean over ever so many steps. */
    @Test
    void lossOfAnEpoch_isTheMeanOverItsSteps() {
        TrainingCurve curve = new TrainingCurve();

        curve.add(30, 2);
        curve.add(40, 1);
        curve.end(4, null);
        curve.add(40, 0.5);
        curve.end(5, null);

        assertThat(curve.epochs()).containsExactly(new Epoch(4, 1.75, null, null), new Epoch(5, 0.5, null, null));
    }
}
