/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/** One model's version in service. It is used by one thread at a time, and swapped only between two uses. */
public final class ServingModel {

    private final ReentrantLock lock = new ReentrantLock();
    /** By topic and partition, behind the last record that was answered. */
    private final Map<String, Source> positions = new TreeMap<>();

    private OpenedModel opened;
    private boolean closed;

    /** @param opened from now on this model's own */
    public ServingModel(OpenedModel opened) {
        this.opened = opened;
    }

    /**
     * Runs with the version that serves now; no swap happens meanwhile.
     *
     * @throws ModelUnavailableException when the worker is stopping
     */
    public <T> T use(BiFunction<String, Classifier, T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new ModelUnavailableException("the worker is stopping");
            }
            return work.apply(opened.version().version(), opened.classifier());
        } finally {
            lock.unlock();
        }
    }

    /** To be called within {@link #use}: a picture from there was answered, whatever becomes of its transaction. */
    public void answered(Source source) {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("only while the model is in use");
        }
        Source next = new Source(source.topic(), source.partition(), source.offset() + 1);
        positions.merge(source.topic() + "-" + source.partition(), next, (a, b) -> a.offset() >= b.offset() ? a : b);
    }

    /** Where and when one version followed another. */
    record Swap(OpenedModel previous, Instant at, List<Source> positions) {}

    /** Waits for the use that is under way, then puts the new version in place; the old one is in nobody's use any more. */
    Swap swap(OpenedModel next) {
        lock.lock();
        try {
            Swap swap = new Swap(opened, Instant.now(), List.copyOf(positions.values()));
            opened = next;
            return swap;
        } finally {
            lock.unlock();
        }
    }

    String version() {
        return use((v, c) -> v);
    }

    void close() {
        use((v, c) -> {
            closed = true;
            c.close();
            return v;
        });
    }
}
