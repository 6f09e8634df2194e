/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.util.BitSet;
import java.util.List;

/** Labelled pictures in files of some format, whose structure was checked when it was opened. Belongs to one thread. */
public interface PictureSource extends AutoCloseable {

    /** The group of each picture, in the order in which they are read; one at least. */
    List<PictureGroup> groups();

    /**
     * Reads pictures, one in memory at a time.
     *
     * @param chosen by their place in {@link #groups()}
     * @throws DatasetException when a file cannot be read on
     */
    void read(BitSet chosen, PictureSink sink);

    @Override
    default void close() {}
}
