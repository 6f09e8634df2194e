/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.lane;

import io.sandpiper.classifier.explain.Pace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Interactive before bulk. A batch of the bulk lane begins when none of the interactive lane is under way, though it does
 * not wait for that for ever; and as long as single pictures keep coming, the bulk lane works a share of the time only,
 * as it would take the cores away from everything that a single picture passes through. Thread-safe.
 */
public final class LaneGate implements Pace {

    /** How long after its last picture the interactive lane counts as in use. */
    private static final long IN_USE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long patienceNanos;
    private final double share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private int interactive;
    private long left = System.nanoTime() - IN_USE_NANOS;

    /**
     * @param patience how long a batch of the bulk lane steps back at most
     * @param share of the time that the bulk lane may work while the interactive lane is in use, above 0 and at most 1
     */
    public LaneGate(Duration patience, double share) {
        this.patienceNanos = patience.toNanos();
        this.share = share;
    }

    /** A batch of the interactive lane begins; it ends with {@link #leave}. */
    public void enter() {
        lock.lock();
        try {
            interactive++;
        } finally {
            lock.unlock();
        }
    }

    public void leave() {
        lock.lock();
        try {
            left = System.nanoTime();
            if (--interactive == 0) {
                quiet.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Before a batch of the bulk lane, or of explanations. */
    @Override
    public void stepBack() throws InterruptedException {
        long nanos = patienceNanos;
        lock.lockInterruptibly();
        try {
            while (interactive > 0 && nanos > 0) {
                nanos = quiet.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** After such a batch, so that it keeps to its share. */
    @Override
    public void rest(Duration worked) throws InterruptedException {
        boolean inUse;
        lock.lockInterruptibly();
        try {
            inUse = interactive > 0 || System.nanoTime() - left < IN_USE_NANOS;
        } finally {
            lock.unlock();
        }
        if (inUse) {
            TimeUnit.NANOSECONDS.sleep((long) (worked.toNanos() * (1 / share - 1)));
        }
    }
}
