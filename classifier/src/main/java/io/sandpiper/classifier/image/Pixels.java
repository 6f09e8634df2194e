/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

/**
 * A decoded picture: one unsigned byte a sample, planes one after the other, rows from the top.
 *
 * @param channels 1 (luminance) or 3 (red, green, blue)
 * @param samples channels × height × width bytes, not copied: treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // a hot value that is never compared
public record Pixels(int channels, int height, int width, byte[] samples) {

    public Pixels {
        if (samples.length != channels * height * width) {
            throw new IllegalArgumentException(
                    "expected %d x %d x %d samples, found %d".formatted(channels, height, width, samples.length));
        }
    }
}
