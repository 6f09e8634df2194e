/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.DatasetReport.Brightness;
import io.sandpiper.training.dataset.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how dark and how bright pictures are, as the network sees them. */
final class Shades {

    /** Steps of intensity that are told apart. */
    static final int BINS = 32;

    private static final int LEVELS = 256;

    /** Luma of ITU-R BT.601: linear, so a picture's mean follows from the means of its channels. */
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    private static final double[] GREY = {1};

    private final double[] weights;
    private final long[][] levels;
    private final long[] pictures;
    private final double[] sums;
    private final double[] squares;

    private Shades(int channels, int classes) {
        this.weights = channels == 1 ? GREY : LUMA;
        this.levels = new long[channels][LEVELS];
        this.pictures = new long[classes];
        this.sums = new double[classes];
        this.squares = new double[classes];
    }

    /** @param samples of one shape; not empty */
    static Shades of(List<Sample> samples, int classes) {
        Shades shades = new Shades(samples.get(0).pixels().channels(), classes);
        samples.forEach(s -> shades.add(s.pixels(), s.label()));
        return shades;
    }

    private void add(Pixels picture, int label) {
        int plane = picture.height() * picture.width();
        double brightness = 0;
        for (int c = 0; c < levels.length; c++) {
            long sum = 0;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                int level = picture.samples()[i] & 0xff;
                levels[c][level]++;
                sum += level;
            }
            brightness += weights[c] * sum / plane;
        }
        pictures[label]++;
        sums[label] += brightness;
        squares[label] += brightness * brightness;
    }

    /** For each channel, which share of its samples lies in each of {@link #BINS} equally wide steps. */
    List<List<Double>> intensity() {
        List<List<Double>> channels = new ArrayList<>();
        for (long[] channel : levels) {
            double[] bins = new double[BINS];
            double all = Arrays.stream(channel).sum();
            for (int level = 0; level < LEVELS; level++) {
                bins[level * BINS / LEVELS] += channel[level] / all;
            }
            channels.add(Arrays.stream(bins)
                    .map(b -> Math.round(b * 1e5) / 1e5)
                    .boxed()
                    .toList());
        }
        return channels;
    }

    /** Of a class; null when it has no pictures. */
    @Nullable
    Brightness brightness(int label) {
        if (pictures[label] == 0) {
            return null;
        }
        double mean = sums[label] / pictures[label];
        double variance = squares[label] / pictures[label] - mean * mean;
        return new Brightness(mean, Math.sqrt(Math.max(0, variance)));
    }
}
