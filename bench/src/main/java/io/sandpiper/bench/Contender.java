/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

/** Something whose pace is measured. */
interface Contender extends AutoCloseable {

    /** Works for about a second, more where one piece of work takes longer. */
    double imagesPerSecond() throws Exception;

    @Override
    default void close() {}
}
