/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/**
 * Separable resampling with a triangle filter that widens when it shrinks: bilinear upwards, antialiased downwards.
 * The same numbers on every machine, so that training and serving see the same picture.
 */
final class Resampler {

    private Resampler() {}

    /** In its proportions, when a side is longer than {@code maxSide} pixels; else as it is. */
    static Pixels within(Pixels in, int maxSide) {
        double scale = Math.min(1, (double) maxSide / Math.max(in.height(), in.width()));
        return resize(in, Math.max(1, (int) Math.round(scale * in.height())), Math.max(1, (int)
                Math.round(scale * in.width())));
    }

    static Pixels resize(Pixels in, int height, int width) {
        if (in.height() == height && in.width() == width) {
            return in;
        }
        Weights columns = Weights.of(in.width(), width);
        Weights rows = Weights.of(in.height(), height);
        byte[] out = new byte[in.channels() * height * width];
        float[] narrow = new float[in.height() * width];
        for (int c = 0; c < in.channels(); c++) {
            horizontally(in, c, columns, narrow, width);
            vertically(narrow, rows, out, c * height * width, height, width);
        }
        return new Pixels(in.channels(), height, width, out);
    }

    private static void horizontally(Pixels in, int channel, Weights columns, float[] out, int width) {
        int plane = channel * in.height() * in.width();
        for (int y = 0; y < in.height(); y++) {
            int row = plane + y * in.width();
            for (int x = 0; x < width; x++) {
                float sum = 0;
                int from = columns.from[x];
                float[] weights = columns.weights[x];
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * (in.samples()[row + from + k] & 0xff);
                }
                out[y * width + x] = sum;
            }
        }
    }

    private static void vertically(float[] in, Weights rows, byte[] out, int plane, int height, int width) {
        for (int y = 0; y < height; y++) {
            int from = rows.from[y];
            float[] weights = rows.weights[y];
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * in[(from + k) * width + x];
                }
                out[plane + y * width + x] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
            }
        }
    }

    /** For each output position, where in the input it begins to look and how much each sample there counts. */
    private static final class Weights {

        private final int[] from;
        private final float[][] weights;

        private Weights(int size) {
            from = new int[size];
            weights = new float[size][];
        }

        static Weights of(int inputs, int outputs) {
            Weights w = new Weights(outputs);
            double scale = (double) inputs / outputs;
            double reach = Math.max(1, scale);
            for (int i = 0; i < outputs; i++) {
                double centre = (i + 0.5) * scale - 0.5;
                int from = Math.max(0, (int) Math.ceil(centre - reach));
                int to = Math.min(inputs - 1, (int) Math.floor(centre + reach));
                float[] weights = new float[to - from + 1];
                double sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    weights[k] = (float) Math.max(0, 1 - Math.abs(from + k - centre) / reach);
                    sum += weights[k];
                }
                for (int k = 0; k < weights.length; k++) {
                    weights[k] /= (float) sum;
                }
                w.from[i] = from;
                w.weights[i] = weights;
            }
            return w;
        }
    }
}
