/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture's bytes with a few zeros behind. The WebP reader takes the end of the data for zeros, and pays for each with
 * an exception of its own: sixty bytes could keep it busy for many seconds.
 */
final class ZeroPaddedInput extends MemoryCacheImageInputStream {

    /** The reader looks a word ahead. */
    private static final int PADDING = 64;

    ZeroPaddedInput(byte[] picture) {
        super(new ByteArrayInputStream(Arrays.copyOf(picture, picture.length + PADDING)));
    }

    /** Unchecked, since the reader swallows the checked kind. */
    static final class EndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** One that wants more than the padding is lost in a broken file. */
    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next < 0) {
            throw new EndedException();
        }
        return next;
    }
}
