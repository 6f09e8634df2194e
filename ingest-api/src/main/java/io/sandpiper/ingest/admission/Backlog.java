/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * How many single pictures wait for the workers, and how fast they are answered. Kept up to date by the
 * {@link BacklogReader}; any thread may ask.
 */
@Component
final class Backlog {

    /** Weight of the latest measurement in the rate. */
    private static final double LATEST = 0.3;

    /** Pictures a second. */
    private static final double SLOWEST = 1;

    private static final double NANOS = 1e9;

    private final AtomicLong sinceLook = new AtomicLong();
    private volatile View view = new View(0, 0, 0, 0);

    /**
     * What was seen.
     *
     * @param answered pictures ever, as far as offsets tell
     * @param perSecond answered while there was something to answer; 0 when unknown
     * @param at of {@link System#nanoTime}
     */
    private record View(long waiting, long answered, double perSecond, long at) {}

    /** One more was taken in. */
    void submitted() {
        sinceLook.incrementAndGet();
    }

    /** Pictures that are in front of the next one. */
    long waiting() {
        return view.waiting() + sinceLook.get();
    }

    /** How long the next picture waits, in milliseconds; empty when nobody can tell. */
    OptionalLong etaMillis() {
        double perSecond = view.perSecond();
        long waiting = waiting();
        if (perSecond <= 0) {
            return waiting == 0 ? OptionalLong.of(0) : OptionalLong.empty();
        }
        return OptionalLong.of((long) (1000 * waiting / perSecond));
    }

    /** Before Kafka is asked. */
    long beforeLook() {
        return sinceLook.get();
    }

    /**
     * After Kafka has answered. An idle second says nothing of how fast the workers are.
     *
     * @param before what {@link #beforeLook} said: these are among the waiting ones, or answered
     */
    void looked(long waiting, long answered, long before, long now) {
        View last = view;
        double perSecond = last.perSecond();
        double seconds = (now - last.at()) / NANOS;
        if (last.waiting() > 0 && seconds > 0) {
            double measured = (answered - last.answered()) / seconds;
            perSecond = perSecond == 0 ? measured : LATEST * measured + (1 - LATEST) * perSecond;
            // So slow that they may as well have stopped: then nobody can tell.
            perSecond = perSecond < SLOWEST ? 0 : perSecond;
        }
        view = new View(waiting, answered, perSecond, now);
        sinceLook.addAndGet(-before);
    }
}
