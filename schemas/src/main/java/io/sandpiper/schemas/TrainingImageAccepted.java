/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A labelled picture lies in the object store.
 *
 * @param sha256 hex, of the stored bytes
 * @param split where the sender wants it; absent leaves it to the picture's hash
 * @param bytes size of the stored object
 * @param figures what its pixels are like; absent when nobody looked
 */
public record TrainingImageAccepted(
        String model,
        String sha256,
        String label,
        @Nullable Split split,
        String objectKey,
        String contentType,
        int width,
        int height,
        long bytes,
        @Nullable PictureFigures figures,
        Instant acceptedAt) {

    /** As many steps of brightness are told apart. */
    public static final int INTENSITY_BINS = 16;

    public String key() {
        return model + "/" + sha256;
    }

    /**
     * What the pixels of a picture are like, as grey (luma of BT.601).
     *
     * @param brightness mean, 0 (black) to 255 (white)
     * @param contrast standard deviation, same unit
     * @param intensity how many of a thousand pixels lie in each of {@link #INTENSITY_BINS} steps, dark ones first
     */
    public record PictureFigures(double brightness, double contrast, List<Integer> intensity) {

        public PictureFigures {
            intensity = List.copyOf(intensity);
        }
    }

    public enum Split {
        TRAIN,
        TEST
    }
}
