/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The latest messages of each key. Thread-safe; a message that is added twice is there once. */
public final class Latest<V> {

    private final int kept;
    private final Function<V, String> key;
    private final Map<String, Set<V>> messages = new HashMap<>();

    /** @param kept of each key at most */
    Latest(int kept, Function<V, String> key) {
        this.kept = kept;
        this.key = key;
    }

    /** This object, with one more. */
    synchronized Latest<V> with(V message) {
        Set<V> known = messages.computeIfAbsent(key.apply(message), k -> new LinkedHashSet<>());
        known.remove(message);
        known.add(message);
        if (known.size() > kept) {
            known.remove(known.iterator().next());
        }
        return this;
    }

    /** The newest first. */
    public synchronized List<V> of(String wanted) {
        List<V> newestFirst = new ArrayList<>(messages.getOrDefault(wanted, Set.of()));
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
