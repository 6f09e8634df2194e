/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same again and again for a second, on one thread or on several at once. */
final class Loop {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private Loop() {}

    /** One turn of the work. */
    @FunctionalInterface
    interface Turn {
        /** @return pictures done */
        int run() throws Exception;
    }

    static double imagesPerSecond(Turn turn) throws Exception {
        long started = System.nanoTime();
        long images = 0;
        long now = started;
        while (now - started < NANOS) {
            images += turn.run();
            now = System.nanoTime();
        }
        return images / ((now - started) / 1e9);
    }

    /** @param turns one for each thread */
    static double imagesPerSecond(List<Turn> turns) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(turns.size());
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (Turn turn : turns) {
                rates.add(threads.submit(() -> imagesPerSecond(turn)));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }
}
