/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many pictures of a lane wait for the workers, and how fast they are answered. Kept up to date by the
 * {@link BacklogReader}; any thread may ask.
 */
final class Backlog {

    /** Time after which what was measured before counts for a third. */
    private static final double MEMORY_SECONDS = 1.5;

    /** Seconds of work without a pause before a rate is believed: workers that just began look slow. */
    private static final double BELIEVED_AFTER_SECONDS = 3;

    /** Pictures a second. So slow that they may as well have stopped. */
    private static final double SLOWEST = 1;

    private static final double NANOS = 1e9;

    private final AtomicLong sinceLook = new AtomicLong();
    private volatile View view = new View(0, 0, 0, 0, 0);

    /**
     * What was seen.
     *
     * @param answered pictures ever, as far as offsets tell
     * @param perSecond that the workers can do; 0 when unknown
     * @param busySeconds how long that was measured
     * @param at of {@link System#nanoTime}
     */
    private record View(long waiting, long answered, double perSecond, double busySeconds, long at) {}

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

    /** Whether the workers were seen at work for long enough to refuse anybody because of their speed. */
    boolean isMeasured() {
        View last = view;
        return last.perSecond() > 0 && last.busySeconds() >= BELIEVED_AFTER_SECONDS;
    }

    /** Before Kafka is asked. */
    long beforeLook() {
        return sinceLook.get();
    }

    /**
     * After Kafka has answered. Workers that answered no more than what lay there had work all the time: then we see
     * how fast they are. Otherwise they waited for pictures, and are at least as fast as that.
     *
     * @param before what {@link #beforeLook} said: these are among the waiting ones, or answered
     */
    void looked(long waiting, long answered, long before, long now) {
        View last = view;
        double perSecond = last.perSecond();
        double busySeconds = last.busySeconds();
        double seconds = (now - last.at()) / NANOS;
        if (last.waiting() > 0 && seconds > 0) {
            long done = answered - last.answered();
            double measured = done / seconds;
            if (done > last.waiting()) {
                perSecond = Math.max(perSecond, measured);
            } else {
                double old = busySeconds == 0 ? 0 : Math.exp(-seconds / MEMORY_SECONDS);
                perSecond = old * perSecond + (1 - old) * measured;
                busySeconds += seconds;
            }
            if (perSecond < SLOWEST) {
                perSecond = 0;
                busySeconds = 0;
            }
        }
        view = new View(waiting, answered, perSecond, busySeconds, now);
        sinceLook.addAndGet(-before);
    }
}
