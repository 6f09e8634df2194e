/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.image.Pixels;
import java.util.Random;

/**
 * Small changes that leave the class as it is: a shift by a few pixels (what moves in takes the value of the nearest
 * edge pixel), and dark on light instead of light on dark.
 *
 * @param maxShift in pixels, each way
 * @param invert probability of turning light into dark
 */
record Augmentation(int maxShift, double invert) {

    Pixels apply(Pixels in, Random random) {
        int dx = random.nextInt(2 * maxShift + 1) - maxShift;
        int dy = random.nextInt(2 * maxShift + 1) - maxShift;
        int flip = random.nextDouble() < invert ? 0xff : 0;
        byte[] out = new byte[in.samples().length];
        int at = 0;
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < in.height(); y++) {
                int row = (c * in.height() + clamp(y + dy, in.height())) * in.width();
                for (int x = 0; x < in.width(); x++) {
                    out[at++] = (byte) (in.samples()[row + clamp(x + dx, in.width())] ^ flip);
                }
            }
        }
        return new Pixels(in.channels(), in.height(), in.width(), out);
    }

    private static int clamp(int value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }
}
