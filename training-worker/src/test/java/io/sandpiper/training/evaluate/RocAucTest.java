/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RocAucTest {

    @Test
    void perfectOrder_isOne_andTheReverseZero() {
        boolean[] truths = {false, false, true, true};

        assertThat(RocAuc.of(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, truths)).isEqualTo(1);
        assertThat(RocAuc.of(new float[] {0.4f, 0.3f, 0.2f, 0.1f}, truths)).isEqualTo(0);
    }

    @Test
    void allTheSame_isHalf() {
        assertThat(RocAuc.of(new float[] {0.5f, 0.5f, 0.5f}, new boolean[] {true, false, true}))
                .isEqualTo(0.5);
    }

    @Test
    void oneSideOnly_hasNone() {
        assertThat(RocAuc.of(new float[] {0.5f}, new boolean[] {true})).isNull();
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

        assertThat(RocAuc.of(probabilities, truths)).isCloseTo(wins / pairs, within(1e-12));
    }
}
