/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the model-events log on a thread of its own and keeps the latest {@link ModelRegistry}. Any thread may ask
 * for it. Listeners run on the reader's thread, and delay it.
 */
public final class ModelRegistryReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelRegistryReader.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition caughtUp = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile ModelRegistry current = ModelRegistry.EMPTY;
    private volatile Instant caughtUpAt = Instant.MIN;
    private volatile boolean closed;

    /** Called with the registry as soon as it was read for the first time, and after every change. */
    @FunctionalInterface
    public interface Listener {
        void onChange(ModelRegistry registry);
    }

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public ModelRegistryReader(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
        this.thread = new Thread(this::run, "model-registry");
        this.thread.setDaemon(true);
    }

    /** To be called before {@link #start}: later ones would miss the first reading. */
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    public void start() {
        thread.start();
    }

    public ModelRegistry current() {
        return current;
    }

    /** Whether the log was read to its end at least once. */
    public boolean isCaughtUp() {
        return !caughtUpAt.equals(Instant.MIN);
    }

    /**
     * Waits until everything that was in the log at {@code moment} has been read and told to the listeners.
     *
     * @return false when that took longer than {@code limit}
     */
    public boolean awaitCaughtUp(Instant moment, Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lockInterruptibly();
        waiting.incrementAndGet();
        try {
            while (!caughtUpAt.isAfter(moment)) {
                if (nanos <= 0 || closed) {
                    return false;
                }
                nanos = caughtUp.awaitNanos(nanos);
            }
            return true;
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Not interrupted: a consumer cannot leave in order from an interrupted thread, and a poll is short.
        closed = true;
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (LogReader reader = new LogReader(kafka, Topics.MODEL_EVENTS)) {
                follow(reader);
            } catch (KafkaException e) {
                LOG.warn("The model registry cannot be read, trying again in {}: {}", RETRY, e.toString());
                pause();
            }
        }
    }

    /** A new reader begins at the beginning; until it is through, the last complete registry stays the current one. */
    private void follow(LogReader reader) {
        catchUp(reader, ModelRegistry.EMPTY);
        while (!closed) {
            if (waiting.get() > 0) {
                catchUp(reader, current);
            } else {
                change(fold(current, reader.poll()));
            }
        }
    }

    private void catchUp(LogReader reader, ModelRegistry from) {
        Instant asked = Instant.now();
        Map<TopicPartition, Long> end = reader.end();
        ModelRegistry registry = from;
        while (!reader.isPast(end)) {
            if (closed) {
                return;
            }
            registry = fold(registry, reader.poll());
        }
        change(registry);
        signal(asked);
    }

    private void change(ModelRegistry next) {
        if (next == current) {
            return;
        }
        current = next;
        for (Listener listener : listeners) {
            try {
                listener.onChange(next);
            } catch (RuntimeException e) {
                LOG.error("A listener failed", e);
            }
        }
    }

    private static ModelRegistry fold(ModelRegistry registry, List<ConsumerRecord<byte[], byte[]>> records) {
        ModelRegistry next = registry;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                next = record.value() == null ? next : next.with(Topics.MODEL_EVENTS.value(record));
            } catch (MalformedMessageException e) {
                LOG.error("model-events offset {} is skipped: {}", record.offset(), e.getMessage());
            }
        }
        return next;
    }

    private void signal(Instant moment) {
        lock.lock();
        try {
            caughtUpAt = moment;
            caughtUp.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        LockSupport.parkNanos(RETRY.toNanos());
    }
}
