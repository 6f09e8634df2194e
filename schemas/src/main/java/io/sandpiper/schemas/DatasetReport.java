/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that a version learned from and was judged on, in figures: part of {@link EvaluationReport}.
 *
 * @param digest of the snapshot
 * @param intensity for each channel (luminance; or red, green, blue) how the samples of what was fitted to spread over
 *     equally wide steps from 0 to 255, as fractions
 * @param resolutions sizes of the stored pictures, most frequent first; empty when they are not known
 * @param otherResolutions pictures whose size is not among {@code resolutions}
 * @param readings what the figures say
 */
public record DatasetReport(
        String digest,
        List<ClassFigures> classes,
        List<List<Double>> intensity,
        List<Resolution> resolutions,
        long otherResolutions,
        Readings readings) {

    public DatasetReport {
        classes = List.copyOf(classes);
        intensity = List.copyOf(intensity);
        resolutions = List.copyOf(resolutions);
    }

    /**
     * One class.
     *
     * @param train pictures that were fitted to
     * @param validation pictures that were looked at while fitting
     * @param test pictures that were held out
     * @param brightness of those that were fitted to; absent when there are none
     * @param samples a few of those that were fitted to, as data URIs of PNGs
     */
    public record ClassFigures(
            String label,
            long train,
            long validation,
            long test,
            @Nullable Brightness brightness,
            List<String> samples) {

        public ClassFigures {
            samples = List.copyOf(samples);
        }
    }

    /**
     * Luminance, 0 (black) to 255 (white).
     *
     * @param mean of the pictures' means
     * @param sd standard deviation of the pictures' means
     */
    public record Brightness(double mean, double sd) {}

    /** Pixels. */
    public record Resolution(int width, int height, long images) {}

    /** A sentence for each figure that says something beyond itself; absent for the others. */
    public record Readings(
            @Nullable String classes,
            @Nullable String intensity,
            @Nullable String brightness,
            @Nullable String resolutions) {}
}
