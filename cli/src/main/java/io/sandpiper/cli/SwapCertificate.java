/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import io.sandpiper.schemas.ModelSwapped;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change of versions did to the pictures around it, from the topics alone: pictures, answers, and what each worker
 * says it served since when. A worker stamps its answers and its swaps with one clock, between two batches, so that it
 * can be told for every answer which version it should be by.
 */
final class SwapCertificate {

    private final String model;
    private final Duration late;
    private final Map<String, Instant> pictures = new HashMap<>();
    private final Map<String, PredictionCompleted> answers = new HashMap<>();
    private final Map<String, List<ModelSwapped>> swaps = new HashMap<>();
    private final List<PredictionCompleted> again = new ArrayList<>();

    /** @param late how long a picture may wait for its answer */
    SwapCertificate(String model, Duration late) {
        this.model = model;
        this.late = late;
    }

    /**
     * The numbers of a certificate; all but the first three should be 0.
     *
     * @param swaps that the workers told of
     * @param lost pictures without an answer
     * @param duplicated pictures with more than one
     * @param late answered, and later than they should
     * @param wrongVersion answered by a version that their worker did not serve then
     * @param failed answered with FAILED
     */
    record Counts(
            long pictures,
            long answers,
            long swaps,
            long lost,
            long duplicated,
            long late,
            long wrongVersion,
            long failed) {

        boolean isClean() {
            return lost + duplicated + late + wrongVersion + failed == 0;
        }
    }

    /** A picture for the model, of the time that is looked at. */
    void picture(String id, Instant at) {
        pictures.put(id, at);
    }

    void answer(PredictionCompleted answer) {
        if (answers.putIfAbsent(answer.predictionId(), answer) != null) {
            again.add(answer);
        }
    }

    /** Of any time: what a worker serves it may serve for long. */
    void swap(ModelSwapped swap) {
        if (swap.model().equals(model)) {
            swaps.computeIfAbsent(swap.worker(), w -> new ArrayList<>()).add(swap);
        }
    }

    /**
     * @param from of the time that is looked at; swaps outside of it are not counted
     * @param to its end
     */
    Counts count(Instant from, Instant to) {
        swaps.values().forEach(list -> list.sort(Comparator.comparing(ModelSwapped::at)));
        long answered = 0;
        long lateOnes = 0;
        long wrong = 0;
        long failed = 0;
        for (Map.Entry<String, Instant> picture : pictures.entrySet()) {
            PredictionCompleted answer = answers.get(picture.getKey());
            if (answer == null) {
                continue;
            }
            answered++;
            if (Duration.between(picture.getValue(), answer.completedAt()).compareTo(late) > 0) {
                lateOnes++;
            }
            wrong += isWrong(answer) ? 1 : 0;
            failed += answer.state() == PredictionCompleted.State.FAILED ? 1 : 0;
        }
        long duplicated = again.stream()
                .map(PredictionCompleted::predictionId)
                .filter(pictures::containsKey)
                .distinct()
                .count();
        long told = swaps.values().stream()
                .flatMap(List::stream)
                .filter(s -> !s.at().isBefore(from) && !s.at().isAfter(to))
                .count();
        return new Counts(
                pictures.size(), answered, told, pictures.size() - answered, duplicated, lateOnes, wrong, failed);
    }

    private boolean isWrong(PredictionCompleted answer) {
        if (answer.modelVersion() == null) {
            return false; // no network saw it
        }
        ModelSwapped serving = null;
        for (ModelSwapped swap : swaps.getOrDefault(answer.worker(), List.of())) {
            if (!swap.at().isAfter(answer.completedAt())) {
                serving = swap;
            }
        }
        return serving == null
                || !Objects.equals(serving.version(), answer.modelVersion())
                || isBehind(answer, next(serving));
    }

    private @Nullable ModelSwapped next(ModelSwapped swap) {
        List<ModelSwapped> all = swaps.getOrDefault(swap.worker(), List.of());
        int next = all.indexOf(swap) + 1;
        return next < all.size() ? all.get(next) : null;
    }

    /** Whether a picture behind the point of the swap was still answered by the version before it. */
    private static boolean isBehind(PredictionCompleted answer, @Nullable ModelSwapped swap) {
        Source source = answer.source();
        return swap != null
                && swap.positions().stream()
                        .anyMatch(p -> p.topic().equals(source.topic())
                                && p.partition() == source.partition()
                                && source.offset() >= p.offset());
    }
}
