/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.LabelGiven;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people said of predictions, by the version that made them: of each version the latest. Thread-safe. */
public final class LiveLabels {

    /** Of a version. More tell no more: at this number its accuracy is known to a percent. */
    static final int KEPT = 10_000;

    private final Map<String, Map<String, LabelGiven>> versions = new HashMap<>();

    /** This object, with one more; said again, the last counts. */
    synchronized LiveLabels with(LabelGiven given) {
        Map<String, LabelGiven> labels =
                versions.computeIfAbsent(key(given.model(), given.modelVersion()), key -> new LinkedHashMap<>());
        labels.remove(given.predictionId());
        labels.put(given.predictionId(), given);
        if (labels.size() > KEPT) {
            labels.remove(labels.keySet().iterator().next());
        }
        return this;
    }

    /** @param since only of predictions that were made then or later */
    public synchronized LiveAccuracy accuracy(String model, String version, Instant since) {
        return accuracy(versions.getOrDefault(key(model, version), Map.of()).values().stream()
                .filter(label -> !label.predictedAt().isBefore(since))
                .toList());
    }

    /** @param count of so many labels that were given last, or all where there are fewer */
    public synchronized LiveAccuracy latest(String model, String version, int count) {
        Collection<LabelGiven> all =
                versions.getOrDefault(key(model, version), Map.of()).values();
        return accuracy(all.stream().skip(Math.max(0, all.size() - count)).toList());
    }

    private static LiveAccuracy accuracy(List<LabelGiven> given) {
        Map<String, Map<String, Long>> confusion = new TreeMap<>();
        given.forEach(label ->
                confusion.computeIfAbsent(label.label(), l -> new TreeMap<>()).merge(label.predicted(), 1L, Long::sum));
        return new LiveAccuracy(
                given.size(), given.stream().filter(LabelGiven::wasRight).count(), confusion);
    }

    private static String key(String model, String version) {
        return model + "/" + version;
    }
}
