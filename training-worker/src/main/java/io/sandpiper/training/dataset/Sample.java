/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.classifier.image.Pixels;
import org.jspecify.annotations.Nullable;

/**
 * A decoded picture with its class, as an index into the data set's labels.
 *
 * @param origin where the pixels came from; absent when nobody knows
 */
public record Sample(Pixels pixels, int label, @Nullable Origin origin) {

    public Sample(Pixels pixels, int label) {
        this(pixels, label, null);
    }

    /**
     * The stored picture.
     *
     * @param sha256 hex, of its bytes
     * @param width pixels; absent, as the next, in snapshots from before it was noted
     * @param height pixels
     */
    public record Origin(
            String sha256,
            @Nullable Integer width,
            @Nullable Integer height) {}
}
