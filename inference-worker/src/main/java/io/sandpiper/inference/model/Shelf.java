/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.schemas.ModelVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions that served last, opened and checked, so that going back to one takes neither the store nor time. Not
 * thread-safe: it belongs to the thread that loads.
 */
final class Shelf implements AutoCloseable {

    private final int places;
    private final Map<String, Deque<OpenedModel>> byModel = new HashMap<>();

    /** @param places how many versions of each model; 0 keeps none */
    Shelf(int places) {
        this.places = places;
    }

    /** Takes it off the shelf; null when exactly this version, to its last hash, is not there. */
    @Nullable
    OpenedModel take(ModelVersion version) {
        Iterator<OpenedModel> kept =
                byModel.getOrDefault(version.model(), new ArrayDeque<>()).iterator();
        while (kept.hasNext()) {
            OpenedModel one = kept.next();
            if (one.version().equals(version)) {
                kept.remove();
                return one;
            }
        }
        return null;
    }

    /** The oldest of its model makes room, and is closed. */
    void put(OpenedModel opened) {
        Deque<OpenedModel> kept = byModel.computeIfAbsent(opened.version().model(), model -> new ArrayDeque<>());
        kept.addFirst(opened);
        if (kept.size() > places) {
            kept.removeLast().classifier().close();
        }
    }

    @Override
    public void close() {
        byModel.values().forEach(kept -> kept.forEach(one -> one.classifier().close()));
        byModel.clear();
    }
}
