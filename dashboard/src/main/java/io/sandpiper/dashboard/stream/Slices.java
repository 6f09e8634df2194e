/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.stream.LiveView.Latency;
import io.sandpiper.dashboard.stream.LiveView.Slot;
import io.sandpiper.dashboard.stream.LiveView.WorkerNow;
import io.sandpiper.registry.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** What was answered in the slots of some time, all partitions together. Belongs to one thread. */
final class Slices {

    private final Duration width;
    private final long start;
    private final long end;
    private final Map<SliceKey, SliceTally> tallies = new HashMap<>();

    private Slices(Duration width, long start, long end) {
        this.width = width;
        this.start = start;
        this.end = end;
    }

    /** @param back how much of the time before the slot that {@code now} is in */
    static Slices read(ReadOnlyKeyValueStore<String, Slice> store, Duration width, Instant now, Duration back) {
        long end = SliceKey.slot(now, width);
        Slices slices = new Slices(width, end - back.toMillis() / width.toMillis(), end);
        try (var found = store.range(SliceKey.from(slices.start), SliceKey.from(end))) {
            found.forEachRemaining(slice -> slices.tallies
                    .computeIfAbsent(SliceKey.read(slice.key), k -> new SliceTally())
                    .add(slice.value));
        }
        return slices;
    }

    /** Oldest first, those without answers among them. */
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (long number = start; number < end; number++) {
            Tally all = new Tally();
            Map<String, Map<String, Long>> answers = new TreeMap<>();
            for (Map.Entry<SliceKey, SliceTally> slice : tallies.entrySet()) {
                SliceKey key = slice.getKey();
                if (key.slot() == number) {
                    Tally figures = slice.getValue().figures();
                    all.add(figures);
                    answers.computeIfAbsent(key.model(), m -> new TreeMap<>())
                            .merge(key.lane(), figures.total(), Long::sum);
                }
            }
            slots.add(new Slot(at(number), answers, new TreeMap<>(all.counts()), latency(all)));
        }
        return slots;
    }

    /** Over all the time. */
    Map<String, SliceTally> byModel() {
        Map<String, SliceTally> models = new TreeMap<>();
        tallies.forEach((key, tally) ->
                models.computeIfAbsent(key.model(), m -> new SliceTally()).add(tally));
        return models;
    }

    /** @param recent the last of the time: what answers a second are told of */
    List<WorkerNow> workers(Duration recent) {
        long since = end - recent.toMillis() / width.toMillis();
        Map<String, WorkerTally> workers = new TreeMap<>();
        tallies.forEach((key, tally) -> tally.workers()
                .forEach((worker, work) ->
                        workers.computeIfAbsent(worker, w -> new WorkerTally()).add(key, work, key.slot() >= since)));
        List<WorkerNow> told = new ArrayList<>();
        workers.forEach((worker, tally) -> told.add(tally.told(worker, recent)));
        return told;
    }

    /** When the last answer was given; null when there is none. */
    @Nullable
    Instant lastAnswer() {
        return tallies.values().stream()
                .flatMap(tally -> tally.workers().values().stream())
                .map(Slice.Work::last)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Null when there is nothing to tell of. */
    static @Nullable Latency latency(Tally tally) {
        return tally.total() == 0
                ? null
                : new Latency(tally.latencyMillis(50), tally.latencyMillis(95), tally.latencyMillis(99));
    }

    private Instant at(long number) {
        return Instant.ofEpochMilli(number * width.toMillis());
    }

    /** Of one worker, over models and lanes. */
    private static final class WorkerTally {

        private final Map<String, Slice.Work> byModel = new TreeMap<>();
        private long recently;

        void add(SliceKey key, Slice.Work work, boolean isRecent) {
            byModel.merge(key.model(), work, Slice.Work::plus);
            recently += isRecent ? work.answers() : 0;
        }

        WorkerNow told(String worker, Duration recent) {
            Map<String, String> versions = new TreeMap<>();
            byModel.forEach((model, work) -> {
                if (work.version() != null) {
                    versions.put(model, work.version());
                }
            });
            Instant last = byModel.values().stream()
                    .map(Slice.Work::last)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return new WorkerNow(worker, recently / (double) recent.toSeconds(), versions, last);
        }
    }
}
