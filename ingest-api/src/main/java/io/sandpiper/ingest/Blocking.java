/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The one place where threads wait, for work that has a thread of its own anyway. */
public final class Blocking {

    private Blocking() {}

    /**
     * The value, or null when there is none; errors are thrown as they are.
     *
     * @throws IllegalStateException on an event loop
     */
    public static <T> @Nullable T await(Mono<T> mono) {
        return mono.block();
    }
}
