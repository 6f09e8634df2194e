/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

/**
 * The last feature maps of a convolutional network for one picture: what it saw, and roughly where.
 *
 * @param values [channel, row, column], row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a hot value that is never compared
public record FeatureMaps(int channels, int height, int width, float[] values) {

    public FeatureMaps {
        if (values.length != channels * height * width) {
            throw new IllegalArgumentException(
                    "expected %d x %d x %d values, found %d".formatted(channels, height, width, values.length));
        }
    }
}
