/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfidentLearningTest {

    /** The mean probability of the given label is 0.6 for both classes: the thresholds are 0.45. */
    @Test
    void suspect_isAboveTheOtherClassesThreshold_andAboveItsOwnLabel() {
        float[][] probabilities = {
            {0.9f, 0.1f}, {0.8f, 0.2f}, {0.1f, 0.9f}, {0.2f, 0.8f}, {0.55f, 0.45f}, {0.45f, 0.55f}
        };
        int[] labels = {0, 0, 0, 1, 1, 1};

        assertThat(ConfidentLearning.find(probabilities, labels, 2))
                .containsExactly(new ConfidentLearning.Suspect(2, 1, 0.9f), new ConfidentLearning.Suspect(4, 0, 0.55f));
    }

    @Test
    void classBelowItsThreshold_isNotSuspected_howeverLittleTheLabelHas() {
        float[][] probabilities = {{0.95f, 0.05f, 0}, {0.3f, 0.34f, 0.36f}, {0, 1, 0}, {0, 0, 1}};

        assertThat(ConfidentLearning.find(probabilities, new int[] {0, 0, 1, 2}, 3))
                .isEmpty();
    }
}
