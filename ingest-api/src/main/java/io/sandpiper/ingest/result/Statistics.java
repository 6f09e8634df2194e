/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.registry.Figures;
import io.sandpiper.registry.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Figures of the last minutes, gathered from all instances. A second behind. */
@Component
public final class Statistics {

    private final ResultStreams streams;
    private final Peers peers;
    private final Scheduler blockingCalls;

    Statistics(ResultStreams streams, Peers peers, Scheduler blockingCalls) {
        this.streams = streams;
        this.peers = peers;
        this.blockingCalls = blockingCalls;
    }

    /** By model. Fails with {@link ResultsUnavailableException} while a part cannot be looked at. */
    public Mono<Map<String, Tally>> find(Duration last) {
        return Results.retrying(Mono.fromCallable(() -> streams.hosts(StatisticsTopology.MINUTES))
                .subscribeOn(blockingCalls)
                .flatMapMany(Flux::fromIterable)
                .flatMap(host -> streams.isHere(host) ? look(last) : peers.findFigures(host, last))
                .collectList()
                .map(Statistics::merge));
    }

    /** Of this instance alone, for the others. */
    public Mono<ModelFigures> findHere(Duration last) {
        return Results.retrying(look(last));
    }

    /** @param byModel what one instance has */
    public record ModelFigures(Map<String, Figures> byModel) {}

    private Mono<ModelFigures> look(Duration last) {
        return Mono.fromCallable(() -> {
                    long now = Duration.ofMillis(Instant.now().toEpochMilli()).toMinutes();
                    Map<String, Tally> tallies = new HashMap<>();
                    try (KeyValueIterator<String, Figures> minutes = streams.figures()
                            .range(
                                    StatisticsTopology.key(now - last.toMinutes() + 1, ""),
                                    StatisticsTopology.key(now + 1, ""))) {
                        minutes.forEachRemaining(minute -> tallies.computeIfAbsent(
                                        StatisticsTopology.model(minute.key), m -> new Tally())
                                .add(minute.value));
                    }
                    Map<String, Figures> byModel = new HashMap<>();
                    tallies.forEach((model, tally) -> byModel.put(model, tally.figures()));
                    return new ModelFigures(byModel);
                })
                .subscribeOn(blockingCalls);
    }

    private static Map<String, Tally> merge(List<ModelFigures> instances) {
        Map<String, Tally> models = new TreeMap<>();
        instances.forEach(instance -> instance.byModel()
                .forEach((model, figures) ->
                        models.computeIfAbsent(model, m -> new Tally()).add(figures)));
        return models;
    }
}
