/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at something again and again, on a thread of its own. What goes wrong is logged, and tried again next time. */
public abstract class RegularLook implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RegularLook.class);

    private final String name;
    private final Duration interval;
    private final ScheduledExecutorService thread;
    private volatile boolean running;

    /**
     * @param name of the thread
     * @param interval between two looks; zero: it never looks
     */
    protected RegularLook(String name, Duration interval) {
        this.name = name;
        this.interval = interval;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, name));
    }

    /** On the thread, never twice at once. */
    protected abstract void look();

    @Override
    public final void start() {
        running = true;
        if (!interval.isZero()) {
            long millis = interval.toMillis();
            var unused = thread.scheduleWithFixedDelay(this::tryToLook, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public final void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException e) {
            if (running) {
                LOG.warn("{} failed, trying again in {}: {}", name, interval, e.toString());
            }
        }
    }
}
