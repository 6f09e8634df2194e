/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.registry.Tally;
import java.util.HashMap;
import java.util.Map;

/** Adds answers up, and slices. Belongs to one thread. */
final class SliceTally {

    private final Tally figures = new Tally();
    private final Map<String, Long> labels = new HashMap<>();
    private final Map<String, Slice.Work> workers = new HashMap<>();

    void add(Answered answer) {
        figures.add(answer.state(), answer.probability(), answer.latencyMillis());
        if (answer.label() != null) {
            labels.merge(answer.label(), 1L, Long::sum);
        }
        workers.merge(
                answer.worker(), new Slice.Work(1, answer.modelVersion(), answer.completedAt()), Slice.Work::plus);
    }

    void add(Slice slice) {
        figures.add(slice.figures());
        add(slice.labels(), slice.workers());
    }

    void add(SliceTally other) {
        figures.add(other.figures);
        add(other.labels, other.workers);
    }

    private void add(Map<String, Long> moreLabels, Map<String, Slice.Work> moreWorkers) {
        moreLabels.forEach((label, count) -> labels.merge(label, count, Long::sum));
        moreWorkers.forEach((worker, work) -> workers.merge(worker, work, Slice.Work::plus));
    }

    Tally figures() {
        return figures;
    }

    Map<String, Long> labels() {
        return labels;
    }

    Map<String, Slice.Work> workers() {
        return workers;
    }

    Slice slice() {
        return new Slice(figures.figures(), Map.copyOf(labels), Map.copyOf(workers));
    }
}
