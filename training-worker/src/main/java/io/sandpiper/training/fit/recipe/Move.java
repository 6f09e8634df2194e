/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import io.sandpiper.classifier.image.Pixels;

/**
 * Where a changed picture's pixels come from. What lies outside has the value of the nearest edge pixel; what lies between
 * pixels is interpolated, bilinearly.
 *
 * @param dx pixels to the left
 * @param dy pixels up
 * @param mirrored left for right
 * @param degrees anticlockwise, about the middle
 * @param scale of what is seen; above 1: larger
 */
record Move(int dx, int dy, boolean mirrored, double degrees, double scale) {

    /** @param tones what each value becomes, once it is moved */
    byte[] apply(Pixels in, byte[] tones) {
        return degrees == 0 && scale == 1 ? shifted(in, tones) : turned(in, tones);
    }

    private byte[] shifted(Pixels in, byte[] tones) {
        byte[] out = new byte[in.samples().length];
        int[] columns = columns(in.width());
        int at = 0;
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < in.height(); y++) {
                int row = (c * in.height() + clamp(y + dy, in.height())) * in.width();
                for (int column : columns) {
                    out[at++] = tones[in.samples()[row + column] & 0xff];
                }
            }
        }
        return out;
    }

    /** Where each column of the result is taken from. */
    private int[] columns(int width) {
        int[] columns = new int[width];
        for (int x = 0; x < width; x++) {
            int from = clamp(x + dx, width);
            columns[x] = mirrored ? width - 1 - from : from;
        }
        return columns;
    }

    /** By the strict functions: the same picture on every machine. */
    private byte[] turned(Pixels in, byte[] tones) {
        float cos = (float) (StrictMath.cos(StrictMath.toRadians(degrees)) / scale);
        float sin = (float) (StrictMath.sin(StrictMath.toRadians(degrees)) / scale);
        float middleX = (in.width() - 1) / 2f;
        float middleY = (in.height() - 1) / 2f;
        int plane = in.width() * in.height();
        int right = in.width() > 1 ? 1 : 0;
        int below = in.height() > 1 ? in.width() : 0;
        byte[] from = in.samples();
        byte[] out = new byte[from.length];
        int at = 0;
        for (int row = 0; row < in.height(); row++) {
            float y = row - middleY;
            for (int column = 0; column < in.width(); column++) {
                float x = column - middleX;
                float fromX = clamp(middleX + cos * x - sin * y + dx, in.width() - 1);
                float fromY = clamp(middleY + sin * x + cos * y + dy, in.height() - 1);
                fromX = mirrored ? in.width() - 1 - fromX : fromX;
                int x0 = Math.min((int) fromX, Math.max(0, in.width() - 2));
                int y0 = Math.min((int) fromY, Math.max(0, in.height() - 2));
                float shareX = fromX - x0;
                float shareY = fromY - y0;
                int corner = y0 * in.width() + x0;
                for (int c = 0; c < in.channels(); c++) {
                    int p = c * plane + corner;
                    float above = between(from[p], from[p + right], shareX);
                    float under = between(from[p + below], from[p + below + right], shareX);
                    out[c * plane + at] = tones[(int) (above + (under - above) * shareY + 0.5f)];
                }
                at++;
            }
        }
        return out;
    }

    private static float between(byte one, byte other, float share) {
        int low = one & 0xff;
        return low + ((other & 0xff) - low) * share;
    }

    private static int clamp(int value, int size) {
        return Math.max(0, Math.min(size - 1, value));
    }

    private static float clamp(float value, float largest) {
        return Math.max(0, Math.min(largest, value));
    }
}
