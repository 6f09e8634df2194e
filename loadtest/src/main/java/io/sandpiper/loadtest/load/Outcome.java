/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How a load went.
 *
 * @param sent pictures, warm-up included
 * @param imagesPerSecond answered in the time that counts, over that time
 * @param latency of what was to be sent in the time that counts; absent when no answer to that was timed
 * @param latestSendMillis how far the generator itself was behind its schedule at most; part of every latency
 * @param refusals by code
 */
public record Outcome(
        long sent,
        double seconds,
        double imagesPerSecond,
        @Nullable Latency latency,
        double latestSendMillis,
        Map<String, Long> refusals,
        Ledger.Verdict verdict) {

    /** Milliseconds, from the intended time to the answer. */
    public record Latency(double p50, double p95, double p99, double max) {

        static @Nullable Latency of(Histogram micros) {
            return micros.getTotalCount() == 0
                    ? null
                    : new Latency(
                            micros.getValueAtPercentile(50) / 1e3,
                            micros.getValueAtPercentile(95) / 1e3,
                            micros.getValueAtPercentile(99) / 1e3,
                            micros.getMaxValue() / 1e3);
        }
    }

    static Outcome of(Measurement measurement, long sent, double seconds, long counted, double latestSendMillis) {
        Map<String, Long> refusals = new TreeMap<>();
        measurement.refusals().forEach((code, count) -> refusals.put(code, count.get()));
        return new Outcome(
                sent,
                seconds,
                counted / seconds,
                Latency.of(measurement.latencies()),
                latestSendMillis,
                refusals,
                measurement.ledger().verdict());
    }
}
