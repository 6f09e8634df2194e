/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes in, and does not read more than it may. */
final class MeteredInput extends FilterInputStream {

    private final long limit;
    private long bytes;
    private long zeros;

    MeteredInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** There is more than there may be. */
    static final class LimitException extends IOException {

        private static final long serialVersionUID = 1L;

        LimitException(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    long bytes() {
        return bytes;
    }

    /** How many of the latest bytes are zero. */
    long zerosAtEnd() {
        return zeros;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            zeros = value == 0 ? zeros + 1 : 0;
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            int last = offset + read - 1;
            while (last >= offset && buffer[last] == 0) {
                last--;
            }
            int atEnd = offset + read - 1 - last;
            zeros = atEnd == read ? zeros + atEnd : atEnd;
            count(read);
        }
        return read;
    }

    private void count(int more) throws LimitException {
        bytes += more;
        if (bytes > limit) {
            throw new LimitException(limit);
        }
    }
}
