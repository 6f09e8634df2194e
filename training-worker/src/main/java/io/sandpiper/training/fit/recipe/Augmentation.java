/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.classifier.image.Pixels;
import java.util.Random;

/**
 * Small changes that leave the class as it is: a shift by a few pixels (what moves in takes the value of the nearest
 * edge pixel), left for right, and dark for light.
 *
 * @param maxShift in pixels, each way
 * @param mirror probability of swapping left and right
 * @param invert probability of turning light into dark
 */
public record Augmentation(int maxShift, double mirror, double invert) {

    public Pixels apply(Pixels in, Random random) {
        int dx = random.nextInt(2 * maxShift + 1) - maxShift;
        int dy = random.nextInt(2 * maxShift + 1) - maxShift;
        boolean mirrored = random.nextDouble() < mirror;
        int flip = random.nextDouble() < invert ? 0xff : 0;
        byte[] out = new byte[in.samples().length];
        int[] columns = columns(in.width(), dx, mirrored);
        int at = 0;
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < in.height(); y++) {
                int row = (c * in.height() + clamp(y + dy, in.height())) * in.width();
                for (int column : columns) {
                    out[at++] = (byte) (in.samples()[row + column] ^ flip);
                }
            }
        }
        return new Pixels(in.channels(), in.height(), in.width(), out);
    }

    /** Where each column of the result is taken from. */
    private static int[] columns(int width, int dx, boolean mirrored) {
        int[] columns = new int[width];
        for (int x = 0; x < width; x++) {
            int from = clamp(x + dx, width);
            columns[x] = mirrored ? width - 1 - from : from;
        }
        return columns;
    }

    private static int clamp(int value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }
}
