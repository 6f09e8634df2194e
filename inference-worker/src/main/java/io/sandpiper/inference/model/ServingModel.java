/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.classifier.engine.Classifier;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/** One model's version in service. It is used by one thread at a time, and swapped only between two uses. */
public final class ServingModel {

    private final ReentrantLock lock = new ReentrantLock();
    private String version;
    private Classifier classifier;
    private boolean closed;

    /** @param classifier from now on this model's own */
    public ServingModel(String version, Classifier classifier) {
        this.version = version;
        this.classifier = classifier;
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
            return work.apply(version, classifier);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the use that is under way, then puts the new version in place and closes the old one. */
    void swap(String newVersion, Classifier newClassifier) {
        Classifier old;
        lock.lock();
        try {
            old = classifier;
            version = newVersion;
            classifier = newClassifier;
        } finally {
            lock.unlock();
        }
        old.close();
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
