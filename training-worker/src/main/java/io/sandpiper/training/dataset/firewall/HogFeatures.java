/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.image.Thumbnail;

/**
 * Numbers that describe the shapes in a picture, without a network: histograms of oriented gradients (N. Dalal and B.
 * Triggs, CVPR 2005) on 32 x 32 grey pixels, 8 x 8 cells, 9 directions, each cell measured against the cells around it;
 * and the mean colours of 4 x 4 fields.
 */
final class HogFeatures {

    private static final int SIDE = 32;
    private static final int CELL = 4;
    private static final int CELLS = SIDE / CELL;
    private static final int DIRECTIONS = 9;
    private static final int FIELDS = 4;

    private HogFeatures() {}

    /** @param channels of the pictures */
    static int size(int channels) {
        return CELLS * CELLS * DIRECTIONS + channels * FIELDS * FIELDS;
    }

    static void of(Pixels pixels, float[] out) {
        float[] histograms = histograms(Thumbnail.grey(pixels, SIDE, SIDE).samples());
        normalize(histograms, out);
        byte[] colours = Thumbnail.of(pixels, FIELDS, FIELDS).samples();
        for (int i = 0; i < colours.length; i++) {
            out[histograms.length + i] = (colours[i] & 0xff) / 255f;
        }
    }

    private static float[] histograms(byte[] grey) {
        float[] histograms = new float[CELLS * CELLS * DIRECTIONS];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                float dx = at(grey, y, x + 1) - at(grey, y, x - 1);
                float dy = at(grey, y + 1, x) - at(grey, y - 1, x);
                if (dx == 0 && dy == 0) {
                    continue;
                }
                double angle = Math.atan2(dy, dx) / Math.PI * DIRECTIONS;
                double bin = angle < 0 ? angle + DIRECTIONS : angle;
                int low = (int) bin;
                float part = (float) (bin - low);
                float strength = (float) Math.sqrt(dx * dx + dy * dy);
                int cell = (y / CELL * CELLS + x / CELL) * DIRECTIONS;
                histograms[cell + low % DIRECTIONS] += (1 - part) * strength;
                histograms[cell + (low + 1) % DIRECTIONS] += part * strength;
            }
        }
        return histograms;
    }

    private static float at(byte[] grey, int y, int x) {
        return grey[Math.max(0, Math.min(SIDE - 1, y)) * SIDE + Math.max(0, Math.min(SIDE - 1, x))] & 0xff;
    }

    private static void normalize(float[] histograms, float[] out) {
        float[] energy = new float[CELLS * CELLS];
        for (int i = 0; i < histograms.length; i++) {
            energy[i / DIRECTIONS] += histograms[i] * histograms[i];
        }
        for (int cell = 0; cell < energy.length; cell++) {
            float around = 1;
            for (int y = Math.max(0, cell / CELLS - 1); y <= Math.min(CELLS - 1, cell / CELLS + 1); y++) {
                for (int x = Math.max(0, cell % CELLS - 1); x <= Math.min(CELLS - 1, cell % CELLS + 1); x++) {
                    around += energy[y * CELLS + x];
                }
            }
            float scale = (float) (1 / Math.sqrt(around));
            for (int i = cell * DIRECTIONS; i < (cell + 1) * DIRECTIONS; i++) {
                out[i] = (float) Math.sqrt(histograms[i] * scale);
            }
        }
    }
}
