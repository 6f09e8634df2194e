/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.schemas.PredictionCompleted;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What happened to what was sent: the ledger, and how long each picture took from its intended time to its answer.
 * Thread-safe.
 */
public final class Measurement {

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;

    private final Ledger ledger = new Ledger();
    private final Histogram latencies = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    /** Of pictures whose answer comes by the topic, until it does; and of answers that came first. */
    private final Map<String, Long> times = new ConcurrentHashMap<>();

    private final Map<String, AtomicLong> refusals = new ConcurrentHashMap<>();
    private volatile long from = Long.MIN_VALUE;
    private final AtomicLong counted = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private volatile long lastAnswer = System.nanoTime();

    public Ledger ledger() {
        return ledger;
    }

    /** Microseconds, of what was to be sent after {@link #startCounting}. */
    public Histogram latencies() {
        return latencies;
    }

    /** Answers since {@link #startCounting}. */
    public long counted() {
        return counted.get();
    }

    /** Pictures that nothing is waited for any more: answered, refused, or of unknown fate. */
    long ended() {
        return ended.get() + ledger.answeredSoFar();
    }

    public long lastAnswerNanos() {
        return lastAnswer;
    }

    /** By code, or by what went wrong. */
    public Map<String, AtomicLong> refusals() {
        return refusals;
    }

    /** What was before was for warming up: it stays in the ledger and is not timed. */
    public void startCounting() {
        from = System.nanoTime();
        counted.set(0);
    }

    /** Taken; its answer will come by the topic. */
    void accepted(String id, int picture, long intended) {
        ledger.accepted(id, picture);
        Long answered = times.putIfAbsent(id, intended);
        if (answered != null) {
            times.remove(id);
            time(intended, answered);
        }
    }

    /** Taken, and the answer was in the response. */
    void acceptedAndAnswered(String id, int picture, long intended) {
        ledger.accepted(id, picture);
        times.put(id, Long.MIN_VALUE);
        time(intended, System.nanoTime());
    }

    /** Sent; nobody knows whether it was taken. */
    void unknown(Throwable e, String id, int picture) {
        ledger.unknown(id, picture);
        count(e.getClass().getSimpleName(), 1);
        ended.incrementAndGet();
    }

    /** As {@link #unknown}, without an id. */
    void cut(Throwable e, int pictures) {
        ledger.cut(pictures);
        count(e.getClass().getSimpleName(), pictures);
        ended.addAndGet(pictures);
    }

    void refused(String code, int pictures) {
        ledger.refused(pictures);
        count(code, pictures);
        ended.addAndGet(pictures);
    }

    private void count(String what, int pictures) {
        refusals.computeIfAbsent(what, c -> new AtomicLong()).addAndGet(pictures);
    }

    void answered(PredictionCompleted result) {
        if (!ledger.answered(result)) {
            return;
        }
        long now = System.nanoTime();
        lastAnswer = now;
        if (now > from) {
            counted.incrementAndGet();
        }
        Long intended = times.putIfAbsent(result.predictionId(), now);
        if (intended != null) {
            times.remove(result.predictionId());
            if (intended != Long.MIN_VALUE) {
                time(intended, now);
            }
        }
    }

    private void time(long intended, long answered) {
        if (intended > from) {
            latencies.recordValue(Math.min(LONGEST_MICROS, Math.max(0, (answered - intended) / 1_000)));
        }
    }
}
