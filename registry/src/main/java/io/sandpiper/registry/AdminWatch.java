/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker again and again, on a thread of its own. When it does not answer, the next look is as good. */
public final class AdminWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdminWatch.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final String name;
    private final Admin admin;
    private final Duration every;
    private final Look look;
    private final ScheduledExecutorService thread;

    /** One look. On the watch's thread; may block. */
    @FunctionalInterface
    public interface Look {
        void look(Admin admin) throws InterruptedException, ExecutionException, TimeoutException;
    }

    /**
     * @param name of the thread
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param every from the end of one look to the beginning of the next
     */
    public AdminWatch(String name, Map<String, Object> kafka, Duration every, Look look) {
        this.name = name;
        this.admin = Admin.create(new HashMap<>(kafka));
        this.every = every;
        this.look = look;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, name);
            watch.setDaemon(true);
            return watch;
        });
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::lookOnce, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(CLOSE_LIMIT);
    }

    private void lookOnce() {
        try {
            look.look(admin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("{} has no answer from the broker: {}", name, e.toString());
        }
    }
}
