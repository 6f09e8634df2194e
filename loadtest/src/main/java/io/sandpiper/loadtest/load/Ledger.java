/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what was answered, id by id, so that at the end one can say what was lost, answered twice, answered
 * without having been sent, or answered in two ways. Thread-safe. It keeps about 200 bytes a picture.
 */
public final class Ledger {

    /** Networks run in batches of any size, whose sums differ in the last digits. */
    private static final double SAME_PROBABILITY = 1e-3;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    /** By picture and version: the same picture has the same answer each time. */
    private final Map<String, Answer> references = new ConcurrentHashMap<>();

    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong cut = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();

    private record Answer(State state, @Nullable String label, double probability) {

        boolean agreesWith(Answer other) {
            return state == other.state
                    && Objects.equals(label, other.label)
                    && Math.abs(probability - other.probability) <= SAME_PROBABILITY;
        }
    }

    private static final class Entry {
        private int picture = -1;
        private boolean accepted;
        private boolean unknown;
        private int answers;
        private boolean changed;
        private @Nullable State state;
        private @Nullable String version;
        private @Nullable Answer answer;
    }

    /**
     * What is wrong, by id. A picture whose sender does not know whether it was taken may have an answer or none.
     *
     * @param accepted pictures that were taken, without those of unknown fate
     * @param answered of those
     * @param refused with a code that says so: nothing is owed for them
     * @param cut sent on a connection that broke before it told an id: each may have an answer or none
     * @param lost taken, and never answered
     * @param doubled answered more than once
     * @param invented answered, and never sent
     * @param changed answered in two ways, or not as the same picture was by the same version
     */
    public record Verdict(
            long accepted,
            long answered,
            long refused,
            long cut,
            Map<State, Long> states,
            Map<String, Long> versions,
            List<String> lost,
            List<String> doubled,
            List<String> invented,
            List<String> changed) {

        /** Whether every picture that was taken has its one answer, and nothing else has. */
        public boolean isClean() {
            return lost.isEmpty() && doubled.isEmpty() && invented.size() <= cut && changed.isEmpty();
        }
    }

    /** @param picture which of the generator's pictures it was */
    public void accepted(String id, int picture) {
        sent(id, picture, false);
        accepted.incrementAndGet();
    }

    /** Sent, and nobody said whether it was taken. */
    public void unknown(String id, int picture) {
        sent(id, picture, true);
    }

    /** Not taken; whoever refused it said so. */
    public void refused(int pictures) {
        refused.addAndGet(pictures);
    }

    /** Sent, and not even the id is known. */
    public void cut(int pictures) {
        cut.addAndGet(pictures);
    }

    private void sent(String id, int picture, boolean unknown) {
        Entry entry = entry(id);
        synchronized (entry) {
            entry.picture = picture;
            entry.unknown = unknown;
            entry.accepted = !unknown;
            compare(entry);
        }
    }

    /**
     * An answer in its topic.
     *
     * @return whether it is the first for that id
     */
    public boolean answered(PredictionCompleted result) {
        Entry entry = entry(result.predictionId());
        synchronized (entry) {
            boolean first = ++entry.answers == 1;
            note(entry, result.state(), result.modelVersion(), result.label(), result.probability());
            if (first) {
                answered.incrementAndGet();
            }
            return first;
        }
    }

    /** What the API told of it, which is to be what the topic has. */
    public void told(String id, State state, @Nullable String version, @Nullable String label, @Nullable Double p) {
        Entry entry = entry(id);
        synchronized (entry) {
            note(entry, state, version, label, p);
        }
    }

    public long acceptedSoFar() {
        return accepted.get();
    }

    public long answeredSoFar() {
        return answered.get();
    }

    /** When no more is sent, and answers had the time they may take. */
    public Verdict verdict() {
        List<String> lost = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        List<String> invented = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        Map<State, Long> states = new EnumMap<>(State.class);
        Map<String, Long> versions = new ConcurrentHashMap<>();
        long right = 0;
        for (Map.Entry<String, Entry> one : entries.entrySet()) {
            Entry entry = one.getValue();
            synchronized (entry) {
                if (entry.answers == 0 && entry.accepted) {
                    lost.add(one.getKey());
                }
                if (entry.answers > 1) {
                    doubled.add(one.getKey());
                }
                if (entry.answers > 0 && !entry.accepted && !entry.unknown) {
                    invented.add(one.getKey());
                }
                if (entry.changed) {
                    changed.add(one.getKey());
                }
                right += entry.answers > 0 && entry.accepted ? 1 : 0;
                if (entry.state != null) {
                    states.merge(entry.state, 1L, Long::sum);
                }
                if (entry.version != null) {
                    versions.merge(entry.version, 1L, Long::sum);
                }
            }
        }
        return new Verdict(
                accepted.get(), right, refused.get(), cut.get(), states, versions, lost, doubled, invented, changed);
    }

    private Entry entry(String id) {
        return entries.computeIfAbsent(id, i -> new Entry());
    }

    private void note(Entry entry, State state, @Nullable String version, @Nullable String label, @Nullable Double p) {
        Answer answer = new Answer(state, label, p == null ? 0 : p);
        Answer before = entry.answer;
        if (before == null) {
            entry.answer = answer;
            entry.state = state;
            entry.version = version;
            compare(entry);
        } else if (!before.agreesWith(answer)) {
            entry.changed = true;
        }
    }

    /** Once both are known: which picture it was, and what the answer is. */
    private void compare(Entry entry) {
        Answer answer = entry.answer;
        if (answer == null || entry.picture < 0 || answer.state() != State.PREDICTED) {
            return;
        }
        Answer reference = references.putIfAbsent(entry.picture + "@" + entry.version, answer);
        if (reference != null && !reference.agreesWith(answer)) {
            entry.changed = true;
        }
    }
}
