/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * How far an event loop is behind: a task that is due every so often comes late by as long as what has arrived lies
 * unread. No other sign shows a queue that is still in the sockets. Any thread may ask.
 */
final class EventLoopLag {

    private static final Duration PERIOD = Duration.ofMillis(20);

    private final Map<EventLoop, Tick> ticks = new ConcurrentHashMap<>();

    /** Zero when it is asked for the first time. */
    Duration of(EventLoop loop) {
        return ticks.computeIfAbsent(loop, Tick::new).lag();
    }

    private final class Tick implements Runnable {

        private final EventLoop loop;
        private volatile long due;
        private volatile long lag;

        Tick(EventLoop loop) {
            this.loop = loop;
            schedule();
        }

        /** What the last one had, or what the next one has already. */
        Duration lag() {
            return Duration.ofNanos(Math.max(lag, System.nanoTime() - due));
        }

        @Override
        public void run() {
            lag = Math.max(0, System.nanoTime() - due);
            try {
                schedule();
            } catch (RejectedExecutionException e) {
                ticks.remove(loop); // it is shut down
            }
        }

        private void schedule() {
            due = System.nanoTime() + PERIOD.toNanos();
            var unused = loop.schedule(this, PERIOD.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
