/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the labelled pictures of a model are like. Brightness is 0 (black) to 255 (white), as grey.
 *
 * @param intensity of a thousand pixels, how many lie in each of 16 steps of brightness, dark ones first; the mean over
 *     all pictures
 * @param resolutions the most frequent ones, as stored
 */
public record DatasetSummary(
        String model,
        int images,
        List<ClassSummary> classes,
        Brightness brightness,
        List<Integer> intensity,
        List<Resolution> resolutions) {

    /**
     * One class.
     *
     * @param train how many their sender wants in training
     * @param test how many their sender wants in the test; for the rest their hash decides
     * @param brightness mean; absent when nobody looked
     * @param samples hashes of some of them
     */
    public record ClassSummary(
            String label,
            int images,
            int train,
            int test,
            @Nullable Double brightness,
            List<String> samples) {}

    /**
     * Of the pictures, each by its mean.
     *
     * @param histogram how many pictures lie in each of 16 steps
     */
    public record Brightness(@Nullable Double mean, List<Integer> histogram) {}

    public record Resolution(int width, int height, int images) {}
}
