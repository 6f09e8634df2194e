/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatOverlayTest {

    @ParameterizedTest
    @CsvSource({"1,28,28,280,280", "3,512,300,512,300", "3,100,200,200,400", "1,1,1,256,256", "3,40,1,280,7"})
    void drawing_hasThePicturesProportions_andIsLargeEnoughToSee(
            int channels, int height, int width, int drawnHeight, int drawnWidth) {
        Pixels picture = new Pixels(channels, height, width, new byte[channels * height * width]);

        Pixels drawn = HeatOverlay.draw(picture, new Pixels(1, 2, 2, new byte[4]));

        assertThat(drawn.channels()).isEqualTo(3);
        assertThat(drawn.height()).isEqualTo(drawnHeight);
        assertThat(drawn.width()).isEqualTo(drawnWidth);
    }

    @Test
    void colours_growLighterWithTheHeat() {
        for (int step = 0; step < 100; step++) {
            assertThat(luminance((step + 1) / 100.0)).isGreaterThan(luminance(step / 100.0));
        }
    }

    @Test
    void heat_isSeenWhereItIs_onBlackAndOnWhite() {
        for (byte background : new byte[] {0, (byte) 255}) {
            byte[] samples = new byte[64 * 64];
            Arrays.fill(samples, background);

            Pixels drawn =
                    HeatOverlay.draw(new Pixels(1, 64, 64, samples), new Pixels(1, 1, 2, new byte[] {0, (byte) 255}));

            int right = drawn.width() - 1;
            int plane = drawn.height() * drawn.width();
            int red = drawn.samples()[right] & 0xff;
            int blue = drawn.samples()[2 * plane + right] & 0xff;
            assertThat(red - blue).as("yellow on the right").isGreaterThan(50);
            int grey = Math.abs((drawn.samples()[0] & 0xff) - (drawn.samples()[2 * plane] & 0xff));
            assertThat(grey).as("grey on the left").isLessThan(5);
        }
    }

    private static double luminance(double heat) {
        return 0.299 * HeatOverlay.colour(heat, 0)
                + 0.587 * HeatOverlay.colour(heat, 1)
                + 0.114 * HeatOverlay.colour(heat, 2);
    }
}
