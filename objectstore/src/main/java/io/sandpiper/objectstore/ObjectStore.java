/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects by key, in one bucket. Thread-safe. Every call blocks for a network round trip: never call it from an
 * event loop.
 */
public interface ObjectStore {

    /** Overwrites what was there. */
    void put(String key, byte[] content, String contentType);

    /** As {@link #put(String, byte[], String)}, without holding it in memory. */
    void put(String key, Path file, String contentType);

    /** @return false, with nothing written, when the key is taken already, however many writers try at once */
    boolean putIfAbsent(String key, byte[] content, String contentType);

    /**
     * The whole object.
     *
     * @param maxBytes a larger object is not read
     * @return empty when there is none
     * @throws ObjectStoreException when it is larger, or the store cannot be reached
     */
    Optional<byte[]> get(String key, long maxBytes);

    /** No error when there is none. */
    void delete(String key);

    /** Another object with the same content, made by the store itself. */
    void copy(String from, String to);

    /**
     * Objects whose keys begin with the prefix, in the store's order (UTF-8 bytes), fetched page by page as they are
     * asked for.
     */
    Stream<StoredObject> list(String prefix);
}
