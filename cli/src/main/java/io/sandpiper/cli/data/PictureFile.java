/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.IOException;
import java.io.InputStream;

/** A picture as a file, whatever is in it. */
final class PictureFile {

    /** More than the API takes by default, and less than a form may have. */
    static final int MAX_BYTES = 50 << 20;

    private PictureFile() {}

    /** @throws IOException also when it is larger than any picture should be */
    static byte[] read(InputStream in) throws IOException {
        byte[] image = in.readNBytes(MAX_BYTES + 1);
        if (image.length > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        return image;
    }
}
