/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import io.sandpiper.classifier.image.Pixels;

/**
 * How much each place of a picture speaks for a class: above zero for it, below zero against it. It covers the whole
 * picture, in fewer and larger places than that has pixels.
 *
 * @param values [row, column], row-major; of a unit of their own
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record HeatMap(int height, int width, float[] values) {

    private static final int WHITE = 255;

    public HeatMap {
        if (values.length != height * width) {
            throw new IllegalArgumentException(
                    "expected %d x %d values, found %d".formatted(height, width, values.length));
        }
    }

    /** What speaks for the class, as grey: 0 for nothing, 255 for the most there is. What speaks against it is nothing. */
    public Pixels toPixels() {
        float most = 0;
        for (float value : values) {
            most = Math.max(most, value);
        }
        byte[] samples = new byte[values.length];
        for (int i = 0; i < samples.length && most > 0; i++) {
            samples[i] = (byte) Math.round(WHITE * Math.max(0, values[i]) / most);
        }
        return new Pixels(1, height, width, samples);
    }
}
