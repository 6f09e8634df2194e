/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import java.util.List;

/** One of the ways in. Sends, and tells the {@link Measurement} what became of it, on threads of its own. */
interface Route extends AutoCloseable {

    /** A picture, and when it was to be sent, in nanoseconds of System.nanoTime(). */
    @SuppressWarnings("ArrayRecordComponent") // two shots are never compared
    record Shot(int picture, byte[] bytes, long intended) {}

    /** Does not wait for an answer. */
    void send(List<Shot> shots);

    /** Waits for what is under way. */
    @Override
    void close();
}
