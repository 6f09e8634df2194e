/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.TrainingRequested;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final Pixels CORNER = new Pixels(1, 3, 3, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0});

    @Test
    void nothingToDo_changesNothing() {
        assertThat(new Augmentation(0, 0, 0, null, null, null)
                        .apply(CORNER, new Random(1))
                        .samples())
                .isEqualTo(CORNER.samples());
    }

    @Test
    void inverted_turnsLightIntoDark() {
        byte[] inverted = new Augmentation(0, 0, 1, null, null, null)
                .apply(CORNER, new Random(1))
                .samples();

        assertThat(inverted[0] & 0xff).isEqualTo(246);
        assertThat(inverted[1] & 0xff).isEqualTo(255);
    }

    @Test
    void mirrored_swapsLeftAndRight() {
        byte[] mirrored = new Augmentation(0, 1, 0, null, null, null)
                .apply(CORNER, new Random(1))
                .samples();

        assertThat(mirrored).containsExactly(0, 0, 9, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void shifted_bringsInTheNearestEdge() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] shifted = new Augmentation(1, 0, 0, null, null, null)
                    .apply(CORNER, random)
                    .samples();
            // Wherever it went, the corner's value fills 0, 1, 2 or 4 places, as its edges allow.
            assertThat(count(shifted, 9)).isIn(0, 1, 2, 4);
            assertThat(count(shifted, 9) + count(shifted, 0)).isEqualTo(9);
        }
    }

    @Test
    void rotated_turnsAboutTheMiddle() {
        Pixels square = new Pixels(1, 3, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        Augmentation quarter = new Augmentation(0, 0, 0, 90.0, null, null);

        assertThat(quarter.apply(square, drawing(1)).samples()).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        assertThat(quarter.apply(square, drawing(0)).samples()).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
        assertThat(quarter.apply(square, drawing(0.5)).samples()).isEqualTo(square.samples());
    }

    @Test
    void zoomed_interpolates_andBringsInTheNearestEdge() {
        Pixels ramp = new Pixels(1, 1, 4, new byte[] {0, 30, 60, 90});
        Augmentation half = new Augmentation(0, 0, 0, null, 0.5, null);

        assertThat(half.apply(ramp, drawing(1)).samples()).as("larger").containsExactly(15, 35, 55, 75);
        assertThat(half.apply(ramp, drawing(0)).samples()).as("smaller").containsExactly(0, 15, 75, 90);
    }

    @Test
    void brightened_multipliesEachValue_upToWhite() {
        Pixels greys = new Pixels(3, 1, 1, new byte[] {0, 100, (byte) 200});
        Augmentation half = new Augmentation(0, 0, 0, null, null, 0.5);

        assertThat(half.apply(greys, drawing(1)).samples()).containsExactly(0, (byte) 150, (byte) 255);
        assertThat(half.apply(greys, drawing(0)).samples()).containsExactly(0, 50, 100);
    }

    @Test
    void colours_moveTogether() {
        Pixels square = new Pixels(3, 2, 2, new byte[] {1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24});

        assertThat(new Augmentation(0, 0, 0, 90.0, null, null)
                        .apply(square, drawing(1))
                        .samples())
                .containsExactly(2, 4, 1, 3, 12, 14, 11, 13, 22, 24, 21, 23);
    }

    @Test
    void whatWasAskedFor_goesBeforeTheRecipe() {
        Augmentation recipe = new Augmentation(4, 0.5, 0.1, 10.0, null, null);

        assertThat(recipe.with(new TrainingRequested.Augmentation(null, 2, null, 0.2, null, null)))
                .isEqualTo(new Augmentation(2, 0.5, 0.1, 10.0, 0.2, null));
        assertThat(recipe.with(TrainingRequested.Augmentation.NONE)
                        .apply(CORNER, new Random(1))
                        .samples())
                .isEqualTo(CORNER.samples());
    }

    @Test
    void whatCannotBe_isRefused() {
        assertThatThrownBy(() -> new Augmentation(0, 0, 0, 200.0, null, null))
                .hasMessage("augmentation: rotation is from 0 to 180");
        assertThatThrownBy(() -> new Augmentation(0, 0, 0, null, Double.NaN, null))
                .hasMessage("augmentation: zoom is from 0 to 0.9");
    }

    /** Draws this fraction, always. */
    private static Random drawing(double fraction) {
        return new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public double nextDouble() {
                return fraction;
            }
        };
    }

    private static int count(byte[] samples, int value) {
        int count = 0;
        for (byte sample : samples) {
            count += sample == value ? 1 : 0;
        }
        return count;
    }
}
