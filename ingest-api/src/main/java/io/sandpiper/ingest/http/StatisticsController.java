/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.result.Statistics;
import io.sandpiper.registry.Tally;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How many pictures were answered, how, and how fast. */
@RestController
final class StatisticsController {

    private final Statistics statistics;

    StatisticsController(Statistics statistics) {
        this.statistics = statistics;
    }

    /** @param minutes that this is of, the current one among them */
    record StatisticsView(int minutes, List<ModelView> models) {}

    /**
     * One model.
     *
     * @param answers all of them
     * @param counts by final state
     * @param perSecond over all these minutes
     * @param meanProbability of the labels; absent when there is none
     */
    record ModelView(
            String model,
            long answers,
            Map<State, Long> counts,
            double perSecond,
            @Nullable Double meanProbability,
            LatencyView latencyMillis) {

        static ModelView of(String model, Tally tally, int minutes) {
            double mean = tally.meanProbability();
            return new ModelView(
                    model,
                    tally.total(),
                    new TreeMap<>(tally.counts()),
                    tally.total() / (double) Duration.ofMinutes(minutes).toSeconds(),
                    Double.isNaN(mean) ? null : mean,
                    new LatencyView(
                            tally.latencyMillis(50),
                            tally.latencyMillis(95),
                            tally.latencyMillis(99),
                            tally.latencyMillis(100)));
        }
    }

    /** From submission to answer, to one part in a hundred. */
    record LatencyView(long p50, long p95, long p99, long max) {}

    @GetMapping("/v1/statistics")
    Mono<StatisticsView> find(
            @RequestParam(required = false) @Nullable String model, @RequestParam(defaultValue = "60") int minutes) {
        long most = Topics.ANSWER_RETENTION.toMinutes();
        if (minutes < 1 || minutes > most) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-minutes", "minutes is from 1 to %d.".formatted(most));
        }
        return statistics
                .find(Duration.ofMinutes(minutes))
                .map(models -> new StatisticsView(
                        minutes,
                        models.entrySet().stream()
                                .filter(m -> model == null || model.equals(m.getKey()))
                                .map(m -> ModelView.of(m.getKey(), m.getValue(), minutes))
                                .toList()));
    }
}
