/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.classifier.image.Pixels;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final Pixels CORNER = new Pixels(1, 3, 3, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0});

    @Test
    void nothingToDo_changesNothing() {
        assertThat(new Augmentation(0, 0, 0).apply(CORNER, new Random(1)).samples())
                .isEqualTo(CORNER.samples());
    }

    @Test
    void inverted_turnsLightIntoDark() {
        byte[] inverted = new Augmentation(0, 0, 1).apply(CORNER, new Random(1)).samples();

        assertThat(inverted[0] & 0xff).isEqualTo(246);
        assertThat(inverted[1] & 0xff).isEqualTo(255);
    }

    @Test
    void mirrored_swapsLeftAndRight() {
        byte[] mirrored = new Augmentation(0, 1, 0).apply(CORNER, new Random(1)).samples();

        assertThat(mirrored).containsExactly(0, 0, 9, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shifted_bringsInTheNearestEdge() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] shifted = new Augmentation(1, 0, 0).apply(CORNER, random).samples();
            // Wherever it went, the corner's value fills 0, 1, 2 or 4 places, as its edges allow.
            assertThat(count(shifted, 9)).isIn(0, 1, 2, 4);
            assertThat(count(shifted, 9) + count(shifted, 0)).isEqualTo(9);
        }
    }

    private static int count(byte[] samples, int value) {
        int count = 0;
        for (byte sample : samples) {
            count += sample == value ? 1 : 0;
        }
        return count;
    }
}
