/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * One idx file of unsigned bytes, perhaps packed with gzip: four bytes that say so, the sizes of its dimensions with four
 * bytes each, the highest first, then the items (<a href="http://yann.lecun.com/exdb/mnist/">format</a>). Belongs to one
 * thread.
 */
final class IdxFile implements Closeable {

    /** Two zero bytes, the type "unsigned byte"; the number of dimensions comes behind them. */
    private static final int UNSIGNED_BYTES = 0x0800;

    private static final int MAX_COUNT = 10_000_000;
    private static final int MAX_SIDE = 1024;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private final int[] sizes;
    private final int itemBytes;
    private long read;

    private IdxFile(Path file, InputStream in, int dimensions) throws IOException {
        this.file = file;
        this.in = in;
        int magic = number();
        int expected = UNSIGNED_BYTES | dimensions;
        if (magic != expected) {
            throw new DatasetException(
                    "%s starts with 0x%08x, expected 0x%08x: unsigned bytes in %d dimension%s, as idx files have them."
                            .formatted(file, magic, expected, dimensions, dimensions == 1 ? "" : "s"));
        }
        this.sizes = new int[dimensions];
        int bytes = 1;
        for (int i = 0; i < dimensions; i++) {
            int most = i == 0 ? MAX_COUNT : MAX_SIDE;
            sizes[i] = number();
            if (sizes[i] < 1 || sizes[i] > most) {
                throw new DatasetException("%s says that dimension %d has the size %d, expected 1 to %d."
                        .formatted(file, i + 1, sizes[i], most));
            }
            bytes *= i == 0 ? 1 : sizes[i];
        }
        this.itemBytes = bytes;
    }

    /** @throws DatasetException when it does not begin as such a file does */
    static IdxFile open(Path file, int dimensions) throws IOException {
        BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            InputStream in = packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
            return new IdxFile(file, in, dimensions);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    int count() {
        return sizes[0];
    }

    /** @param dimension from 0 on; 0 counts the items */
    int size(int dimension) {
        return sizes[dimension];
    }

    /** The next item. */
    byte[] next() throws IOException {
        byte[] item = bytes(itemBytes);
        if (item.length < itemBytes) {
            throw new DatasetException("%s ends after %d bytes, expected %d.".formatted(file, read, wholeBytes()));
        }
        return item;
    }

    /** Call it when all items are read. */
    void requireEnd() throws IOException {
        if (bytes(1).length > 0) {
            throw new DatasetException(
                    "%s goes on after the %d bytes that its header tells of.".formatted(file, wholeBytes()));
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private long wholeBytes() {
        return Integer.BYTES * (1L + sizes.length) + (long) itemBytes * count();
    }

    private int number() throws IOException {
        byte[] bytes = bytes(Integer.BYTES);
        if (bytes.length < Integer.BYTES) {
            throw new DatasetException(file + " ends within its header, after " + read + " bytes.");
        }
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** As many as there are; a gzip that is cut ends where it is cut. */
    private byte[] bytes(int wanted) throws IOException {
        byte[] bytes = new byte[wanted];
        int have = 0;
        try {
            int more;
            while (have < wanted && (more = in.read(bytes, have, wanted - have)) > 0) {
                have += more;
            }
        } catch (EOFException e) {
            // told by whoever misses the rest
        }
        read += have;
        return have == wanted ? bytes : Arrays.copyOf(bytes, have);
    }
}
