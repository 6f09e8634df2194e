/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import reactor.core.publisher.Mono;

/** Posts an answer, once. */
@FunctionalInterface
public interface DeliverySender {

    /** What came of an attempt. */
    enum Outcome {
        DELIVERED,
        /** It may work later. */
        FAILED,
        /** It never will. */
        REFUSED
    }

    /** Never fails; never blocks. */
    Mono<Outcome> post(Delivery delivery);
}
