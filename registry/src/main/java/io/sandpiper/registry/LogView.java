/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a topic says, folded into one state and kept up to date by a thread of its own. Any number of threads may look at
 * it.
 *
 * @param <S> the state: immutable, or thread-safe and one to which a record may be added twice
 * @param <V> the topic's values
 */
public class LogView<S, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogView.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Map<String, Object> kafka;
    private final Topic<?, V> topic;
    private final S empty;
    private final BiFunction<S, V, S> fold;
    private final List<Listener<S>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition caughtUp = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile S current;
    private volatile Instant caughtUpAt = Instant.MIN;
    private volatile boolean closed;

    /** Called with the registry as soon as it was read for the first time, and after every change. */
    @FunctionalInterface
    public interface Listener<S> {
        void onChange(S state);
    }

    /**
     * @param kafka client configuration, at least {@code bootstrap.servers}
     * @param empty before the first record
     * @param fold what a record makes of a state; gives back the same object where nothing changes
     */
    public LogView(Map<String, Object> kafka, Topic<?, V> topic, S empty, BiFunction<S, V, S> fold) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.empty = empty;
        this.fold = fold;
        this.current = empty;
        this.thread = new Thread(this::run, topic.name() + "-reader");
        this.thread.setDaemon(true);
    }

    /** To be called before {@link #start}: later ones would miss the first reading. */
    public void addListener(Listener<S> listener) {
        listeners.add(listener);
    }

    public void start() {
        thread.start();
    }

    public S current() {
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
        MissingTopic missing = new MissingTopic(topic.name());
        while (!closed) {
            try (LogReader reader = new LogReader(kafka, topic)) {
                missing.found();
                follow(reader);
            } catch (UnknownTopicOrPartitionException e) {
                missing.missed(Instant.now());
                pause();
            } catch (KafkaException e) {
                LOG.warn("{} cannot be read, trying again in {}: {}", topic.name(), RETRY, e.toString());
                pause();
            }
        }
    }

    /** A new reader begins at the beginning; until it is through, the last complete registry stays the current one. */
    private void follow(LogReader reader) {
        catchUp(reader, empty);
        while (!closed) {
            if (waiting.get() > 0) {
                catchUp(reader, current);
            } else {
                change(fold(current, reader.poll()));
            }
        }
    }

    private void catchUp(LogReader reader, S from) {
        Instant asked = Instant.now();
        Map<TopicPartition, Long> end = reader.end();
        S state = from;
        while (!reader.isPast(end)) {
            if (closed) {
                return;
            }
            state = fold(state, reader.poll());
        }
        change(state);
        signal(asked);
    }

    private void change(S next) {
        if (next == current) {
            return;
        }
        current = next;
        for (Listener<S> listener : listeners) {
            try {
                listener.onChange(next);
            } catch (RuntimeException e) {
                LOG.error("A listener failed", e);
            }
        }
    }

    private S fold(S state, List<ConsumerRecord<byte[], byte[]>> records) {
        S next = state;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                next = record.value() == null ? next : fold.apply(next, topic.value(record));
            } catch (MalformedMessageException e) {
                LOG.error("{} offset {} is skipped: {}", topic.name(), record.offset(), e.getMessage());
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
