/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/** A small copy of a picture, to compare pictures by. */
public final class Thumbnail {

    private Thumbnail() {}

    /** In its own channels, whatever its proportions were. */
    public static Pixels of(Pixels pixels, int height, int width) {
        return Resampler.resize(pixels, height, width);
    }

    /** One channel. */
    public static Pixels grey(Pixels pixels, int height, int width) {
        return Resampler.resize(pixels.channels() == 1 ? pixels : Planes.luminance(pixels), height, width);
    }
}
