/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.schemas.ModelManifest;
import java.util.Locale;

/**
 * What is asked for cannot fit into the heap. Told before it is tried: a process that runs out of memory takes its
 * neighbours along. The message says what to do about it.
 */
public final class InsufficientMemoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    /** Of the heap: the rest is for everything else in the process. */
    private static final double SHARE = 0.6;

    private static final double MEGABYTE = 1 << 20;

    private InsufficientMemoryException(String message) {
        super(message);
    }

    /**
     * @param images held at once
     * @param bytesASample 1 decoded, 4 as the network takes them
     * @throws InsufficientMemoryException when they do not fit
     */
    public static void requireRoom(String what, long images, ModelManifest.Input input, int bytesASample) {
        requireRoom(what, images, input, bytesASample, Runtime.getRuntime().maxMemory());
    }

    static void requireRoom(String what, long images, ModelManifest.Input input, int bytesASample, long heap) {
        double bytes = (double) images * input.channels() * input.height() * input.width() * bytesASample;
        if (bytes > SHARE * heap) {
            throw new InsufficientMemoryException(String.format(
                    Locale.ROOT,
                    "%s of %d pictures of %d x %d needs %.0f MB of memory, "
                            + "and the training worker may use %.0f MB of its heap (-Xmx) for it. Train with a smaller input size "
                            + "or batch size, with fewer pictures, or give the worker more memory.",
                    what,
                    images,
                    input.width(),
                    input.height(),
                    bytes / MEGABYTE,
                    SHARE * heap / MEGABYTE));
        }
    }
}
