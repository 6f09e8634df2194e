/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.lane;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Interactive before bulk: a batch of the bulk lane begins when none of the interactive lane is under way. It does not
 * wait for ever, so that a stream of single pictures slows bulk down and does not stop it. Thread-safe.
 */
public final class LaneGate {

    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private int interactive;

    /** @param patience how long a batch of the bulk lane steps back at most */
    public LaneGate(Duration patience) {
        this.patienceNanos = patience.toNanos();
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
            if (--interactive == 0) {
                quiet.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Before a batch of the bulk lane. */
    public void stepBack() throws InterruptedException {
        long left = patienceNanos;
        lock.lockInterruptibly();
        try {
            while (interactive > 0 && left > 0) {
                left = quiet.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
