/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.List;

/** Between pictures and the arrays that networks compute with: x = (byte / 255 - mean) / std, for each channel. */
public final class Tensors {

    private Tensors() {}

    /**
     * Normalises a batch.
     *
     * @return [picture, channel, row, column], row-major
     * @throws IllegalArgumentException when a picture has another shape than the input
     */
    public static float[] normalize(List<Pixels> batch, ModelManifest.Input input) {
        Normalizer normalizer = new Normalizer(input);
        float[] tensor = new float[batch.size() * normalizer.size()];
        for (int i = 0; i < batch.size(); i++) {
            normalizer.normalize(batch.get(i), tensor, i * normalizer.size());
        }
        return tensor;
    }

    /** One picture at a time, into memory that is used again. Belongs to one thread. */
    public static final class Normalizer {

        private final ModelManifest.Input input;
        private final int plane;
        private final float[][] tables;
        private final float[] picture;

        public Normalizer(ModelManifest.Input input) {
            this.input = input;
            this.plane = input.height() * input.width();
            this.tables = tables(input);
            this.picture = new float[size()];
        }

        /** Floats of one picture. */
        public int size() {
            return input.channels() * plane;
        }

        /** @return [channel, row, column], valid until the next call */
        public float[] normalize(Pixels pixels) {
            normalize(pixels, picture, 0);
            return picture;
        }

        void normalize(Pixels pixels, float[] tensor, int at) {
            requireShape(pixels, input);
            byte[] samples = pixels.samples();
            for (int c = 0; c < input.channels(); c++) {
                float[] table = tables[c];
                for (int i = c * plane; i < (c + 1) * plane; i++) {
                    tensor[at + i] = table[samples[i] & 0xff];
                }
            }
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
    }

    /** Whether a picture has the shape of the input. */
    public static boolean fits(Pixels pixels, ModelManifest.Input input) {
        return pixels.channels() == input.channels()
                && pixels.height() == input.height()
                && pixels.width() == input.width();
    }

    /** From [channel, row, column] to [row, column, channel]. */
    public static float[] channelsLast(float[] planes, int channels) {
        float[] pixels = new float[planes.length];
        int plane = planes.length / channels;
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < plane; i++) {
                pixels[i * channels + c] = planes[c * plane + i];
            }
        }
        return pixels;
    }

    /** Turns rows of logits into probabilities, in place. */
    public static void softmax(float[][] rows) {
        for (float[] row : rows) {
            float largest = row[argmax(row)];
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) Math.exp(row[i] - largest);
                sum += row[i];
            }
            for (int i = 0; i < row.length; i++) {
                row[i] /= (float) sum;
            }
        }
    }

    /** Index of the largest value, of the first of them where there are several. */
    public static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static void requireShape(Pixels pixels, ModelManifest.Input input) {
        if (!fits(pixels, input)) {
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
