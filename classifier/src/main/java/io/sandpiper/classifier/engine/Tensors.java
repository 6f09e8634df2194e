/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.List;

/** From bytes to what a network computes with. */
public final class Tensors {

    private Tensors() {}

    /**
     * Normalises a batch: x = (byte / 255 - mean) / std, for each channel.
     *
     * @return [picture, channel, row, column], row-major
     * @throws IllegalArgumentException when a picture has another shape than the input
     */
    public static float[] normalize(List<Pixels> batch, ModelManifest.Input input) {
        int plane = input.height() * input.width();
        float[] tensor = new float[batch.size() * input.channels() * plane];
        float[][] tables = tables(input);
        int at = 0;
        for (Pixels pixels : batch) {
            requireShape(pixels, input);
            byte[] samples = pixels.samples();
            for (int c = 0; c < input.channels(); c++) {
                float[] table = tables[c];
                for (int i = c * plane; i < (c + 1) * plane; i++) {
                    tensor[at++] = table[samples[i] & 0xff];
                }
            }
        }
        return tensor;
    }

    private static float[][] tables(ModelManifest.Input input) {
        float[][] tables = new float[input.channels()][256];
        for (int c = 0; c < input.channels(); c++) {
            for (int value = 0; value < 256; value++) {
                tables[c][value] = (float)
                        ((value / 255.0 - input.mean().get(c)) / input.std().get(c));
            }
        }
        return tables;
    }

    private static void requireShape(Pixels pixels, ModelManifest.Input input) {
        if (pixels.channels() != input.channels()
                || pixels.height() != input.height()
                || pixels.width() != input.width()) {
            throw new IllegalArgumentException("expected a picture of %d x %d x %d, found %d x %d x %d"
                    .formatted(
                            input.channels(),
                            input.height(),
                            input.width(),
                            pixels.channels(),
                            pixels.height(),
                            pixels.width()));
        }
    }
}
