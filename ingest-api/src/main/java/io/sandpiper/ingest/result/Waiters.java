/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.PredictionCompleted;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Clients that wait for an answer this moment. Holds no answers: those are in the store. Thread-safe. */
final class Waiters {

    private final ConcurrentMap<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    /** One client, waiting for one id. */
    static final class Waiter {

        private final String predictionId;
        private final Sinks.One<PredictionCompleted> sink = Sinks.one();

        Waiter(String predictionId) {
            this.predictionId = predictionId;
        }

        Mono<PredictionCompleted> answer() {
            return sink.asMono();
        }
    }

    Waiter register(String predictionId) {
        Waiter waiter = new Waiter(predictionId);
        waiting.compute(predictionId, (id, others) -> {
            Set<Waiter> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(waiter);
            return all;
        });
        return waiter;
    }

    void remove(Waiter waiter) {
        waiting.computeIfPresent(waiter.predictionId, (id, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
        });
    }

    void complete(PredictionCompleted result) {
        Set<Waiter> all = waiting.get(result.predictionId());
        if (all != null) {
            all.forEach(w -> w.sink.tryEmitValue(result));
        }
    }
}
