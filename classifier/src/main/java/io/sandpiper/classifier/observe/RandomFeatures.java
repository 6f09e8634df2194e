/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.observe;

import io.sandpiper.classifier.engine.FeatureMaps;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A random feature map z for a Gaussian kernel: the dot product of z(x) and z(y) is about exp(-|x - y|² / 2 s²) (Rahimi and
 * Recht, "Random features for large-scale kernel machines", NIPS 2007). Of x, the means of a picture's last feature maps, the
 * direction counts and not the length, so that one width s fits all networks. The same number of channels gives the same
 * map everywhere and for ever. Immutable.
 */
final class RandomFeatures {

    static final int SIZE = 128;

    /** s. The directions of two pictures are some 0.8 (MNIST) to 1.1 (CIFAR-10) apart in the median. */
    private static final double KERNEL_WIDTH = 0.5;

    private static final long SEED = 0x5a9d_919e;
    private static final double SCALE = Math.sqrt(2.0 / SIZE);

    private static final Map<Integer, RandomFeatures> BY_CHANNELS = new ConcurrentHashMap<>();

    private final int channels;
    /** By channel, so that the innermost loop adds rows: that one is made of vector instructions. */
    private final float[][] weights;

    private final float[] phases = new float[SIZE];

    /** The one for so many channels: drawn once, as that takes milliseconds. */
    static RandomFeatures of(int channels) {
        return BY_CHANNELS.computeIfAbsent(channels, RandomFeatures::new);
    }

    private RandomFeatures(int channels) {
        this.channels = channels;
        this.weights = new float[channels][SIZE];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < SIZE; i++) {
            for (int c = 0; c < channels; c++) {
                weights[c][i] = (float) (gaussian(random) / KERNEL_WIDTH);
            }
            phases[i] = (float) (2 * Math.PI * random.nextDouble());
        }
    }

    /**
     * Maps a picture.
     *
     * @param mapped filled with {@link #SIZE} numbers
     */
    void map(FeatureMaps maps, double[] mapped) {
        float[] direction = direction(maps);
        float[] dots = phases.clone();
        for (int c = 0; c < channels; c++) {
            float length = direction[c];
            if (length != 0) {
                float[] row = weights[c];
                for (int i = 0; i < SIZE; i++) {
                    dots[i] += row[i] * length;
                }
            }
        }
        for (int i = 0; i < SIZE; i++) {
            mapped[i] = SCALE * Math.cos(dots[i]);
        }
    }

    /** Of length 1; all zeros where nothing in the picture moved the network, or what it says is no number. */
    private float[] direction(FeatureMaps maps) {
        float[] means = new float[channels];
        int pixels = maps.height() * maps.width();
        double squares = 0;
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int i = c * pixels; i < (c + 1) * pixels; i++) {
                sum += maps.values()[i];
            }
            means[c] = sum / pixels;
            squares += means[c] * means[c];
        }
        if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
            return new float[channels];
        }
        float scale = (float) (1 / Math.sqrt(squares));
        for (int c = 0; c < channels; c++) {
            means[c] *= scale;
        }
        return means;
    }

    /** By Box and Muller; with StrictMath, so that every machine draws the same. */
    private static double gaussian(SplittableRandom random) {
        return StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
