/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.schemas.DatasetCheck.Example;
import io.sandpiper.schemas.DatasetCheck.Finding;
import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether there is enough of every class, on both sides of the split. */
final class ClassBalance {

    /** Largest to smallest class. */
    private static final int RATIO = 10;

    private static final int FEW = 20;
    /** Labels in a sentence. */
    private static final int NAMED = 5;

    private ClassBalance() {}

    private record Counts(long learned, long heldOut) {

        long all() {
            return learned + heldOut;
        }

        Counts plus(Entry entry) {
            return entry.split() == Part.TEST ? new Counts(learned, heldOut + 1) : new Counts(learned + 1, heldOut);
        }
    }

    /** @param entries of what is left */
    static Optional<Finding> find(List<Entry> entries) {
        Map<String, Counts> classes = new TreeMap<>();
        entries.forEach(e -> classes.put(
                e.label(), classes.getOrDefault(e.label(), new Counts(0, 0)).plus(e)));
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        List<String> sentences = new ArrayList<>();
        Map<String, String> labels = new LinkedHashMap<>();
        add(sentences, labels, classes, "fewer than %d pictures".formatted(FEW), c -> c.all() < FEW);
        add(sentences, labels, classes, "nothing held out", c -> c.heldOut() == 0);
        add(sentences, labels, classes, "nothing to learn from", c -> c.learned() == 0);
        long largest =
                Collections.max(classes.values().stream().map(Counts::all).toList());
        long smallest =
                Collections.min(classes.values().stream().map(Counts::all).toList());
        if (largest > RATIO * smallest) {
            sentences.add("The largest class has %d pictures, the smallest %d.".formatted(largest, smallest));
            classes.forEach((label, counts) -> {
                if (counts.all() == smallest) {
                    labels.putIfAbsent(label, "the smallest");
                }
            });
        }
        return sentences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.CLASS_IMBALANCE,
                        labels.size(),
                        0,
                        String.join(" ", sentences),
                        labels.entrySet().stream()
                                .limit(Findings.MAX_EXAMPLES)
                                .map(l -> new Example(null, l.getKey(), null, null, null, l.getValue()))
                                .toList()));
    }

    private static void add(
            List<String> sentences,
            Map<String, String> labels,
            Map<String, Counts> classes,
            String fault,
            Predicate<Counts> has) {
        List<String> such = classes.entrySet().stream()
                .filter(c -> has.test(c.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!such.isEmpty()) {
            such.forEach(label -> labels.merge(label, fault, (one, other) -> one + ", " + other));
            sentences.add("%d of %d classes with %s: %s.".formatted(such.size(), classes.size(), fault, named(such)));
        }
    }

    /** Some of them. */
    static String named(List<String> labels) {
        return labels.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (labels.size() > NAMED ? " and %d more".formatted(labels.size() - NAMED) : "");
    }
}
