/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.image.Png;
import java.util.Base64;
import java.util.List;

/** Small pictures that lie inside a report: PNGs as data URIs. */
final class Thumbnails {

    static final String PREFIX = "data:image/png;base64,";

    /** Pixels of the longer side. */
    private static final int[] SIDES = {96, 64, 48, 32, 24, 16};

    private Thumbnails() {}

    /**
     * As large as they may be, all by the same measure.
     *
     * @param budget characters of all together; the smallest size is taken even where it is more
     */
    static List<String> of(List<Pixels> pictures, int budget) {
        List<String> thumbnails = List.of();
        for (int side : SIDES) {
            thumbnails = pictures.stream().map(p -> dataUri(p, side)).toList();
            if (length(thumbnails) <= budget) {
                break;
            }
        }
        return thumbnails;
    }

    static int length(List<String> thumbnails) {
        return thumbnails.stream().mapToInt(String::length).sum();
    }

    private static String dataUri(Pixels picture, int side) {
        return PREFIX + Base64.getEncoder().encodeToString(Png.thumbnail(picture, side));
    }
}
