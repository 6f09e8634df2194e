/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/**
 * What a picture may cost.
 *
 * @param maxBytes encoded
 * @param maxPixels width times height
 * @param maxSide the longer of width and height
 */
public record ImageLimits(long maxBytes, long maxPixels, int maxSide) {

    public static final ImageLimits DEFAULT = new ImageLimits(10 * 1024 * 1024, 50_000_000, 16_384);
}
