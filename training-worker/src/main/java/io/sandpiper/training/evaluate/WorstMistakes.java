/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.training.evaluate.Evaluation.Mistake;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps those of many mistakes that the classifier was surest of. */
final class WorstMistakes {

    /** A screen of them. */
    static final int MOST = 24;

    private static final Comparator<Mistake> SUREST_LAST =
            Comparator.comparingDouble(Mistake::probability).thenComparing(Mistake::index, Comparator.reverseOrder());

    private final PriorityQueue<Mistake> worst = new PriorityQueue<>(SUREST_LAST);

    void add(Mistake mistake) {
        worst.add(mistake);
        if (worst.size() > MOST) {
            worst.remove();
        }
    }

    List<Mistake> surestFirst() {
        return worst.stream().sorted(SUREST_LAST.reversed()).toList();
    }
}
