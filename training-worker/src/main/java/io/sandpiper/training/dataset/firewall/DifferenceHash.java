/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.image.Thumbnail;

/**
 * 64 bits that stay nearly the same when a picture is scaled, recompressed, or made brighter: of 9 x 8 grey pixels,
 * whether each is darker than its neighbour to the right. N. Krawetz, "Kind of Like That", 2013 (dHash).
 */
final class DifferenceHash {

    private static final int SIDE = 8;
    /** Of 255. A smaller difference is none: compression leaves noise where a picture is flat. */
    private static final int LEAST = 4;

    private DifferenceHash() {}

    static long of(Pixels pixels) {
        byte[] grey = Thumbnail.grey(pixels, SIDE, SIDE + 1).samples();
        long hash = 0;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = y * (SIDE + 1) + x;
                hash = (hash << 1) | ((grey[at + 1] & 0xff) - (grey[at] & 0xff) >= LEAST ? 1 : 0);
            }
        }
        return hash;
    }
}
