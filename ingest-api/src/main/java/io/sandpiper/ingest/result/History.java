/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The latest answers, gathered from all instances. Ids of version 7 sort by time, so the latest are found without looking
 * at the others; other systems' ids of another kind have no place in that order, and are not listed.
 */
@Component
public final class History {

    /** Answers of others, or of other models, that are passed over in one partition before it is left. */
    private static final int LOOKED_THROUGH = 20_000;

    /** All ids lie between these. */
    private static final String FIRST = "0";

    private static final String LAST = "g";

    private final ResultStreams streams;
    private final Peers peers;
    private final PredictionIds ids;
    private final Scheduler blockingCalls;

    History(ResultStreams streams, Peers peers, PredictionIds ids, Scheduler blockingCalls) {
        this.streams = streams;
        this.peers = peers;
        this.ids = ids;
        this.blockingCalls = blockingCalls;
    }

    /** Fails with {@link ResultsUnavailableException} while a part of the answers cannot be looked at. */
    public Mono<List<PredictionCompleted>> find(HistoryQuery query) {
        return Results.retrying(Mono.fromCallable(() -> streams.hosts(ResultTopology.PREDICTIONS))
                .subscribeOn(blockingCalls)
                .flatMapMany(Flux::fromIterable)
                .flatMap(host -> streams.isHere(host) ? look(query) : peers.findHistory(host, query))
                .collectList()
                .map(pages -> merge(pages, query.limit())));
    }

    /** Of this instance alone, for the others. */
    public Mono<HistoryPage> findHere(HistoryQuery query) {
        return Results.retrying(look(query));
    }

    private Mono<HistoryPage> look(HistoryQuery query) {
        return Mono.fromCallable(() -> {
                    List<Integer> partitions = streams.partitionsHere(Topics.PREDICTIONS.name());
                    List<PredictionCompleted> answers = new ArrayList<>();
                    for (int partition : partitions) {
                        collect(streams.predictions(partition), query, answers);
                    }
                    return new HistoryPage(partitions, latest(answers, query.limit()));
                })
                .subscribeOn(blockingCalls);
    }

    private void collect(
            ReadOnlyWindowStore<String, PredictionCompleted> store,
            HistoryQuery query,
            List<PredictionCompleted> answers) {
        Instant now = Instant.now();
        String from = query.before() == null ? LAST : query.before();
        int found = 0;
        int looked = 0;
        try (KeyValueIterator<Windowed<String>, PredictionCompleted> latest = store.backwardFetch(
                FIRST, from, now.minus(Topics.ANSWER_RETENTION), now.plus(InstantStore.CLOCK_SKEW))) {
            while (latest.hasNext() && found < query.limit() && looked++ < LOOKED_THROUGH) {
                KeyValue<Windowed<String>, PredictionCompleted> next = latest.next();
                if (isWanted(next.value, query)) {
                    answers.add(next.value);
                    found++;
                }
            }
        }
    }

    private boolean isWanted(PredictionCompleted answer, HistoryQuery query) {
        String id = answer.predictionId();
        return PredictionIds.isOfOurKind(id)
                && !id.equals(query.before())
                && (query.model() == null || query.model().equals(answer.model()))
                && (query.holder() == null || ids.issuedAt(id, query.holder()).isPresent());
    }

    /** Nothing is told as long as a part is missing: what is not listed was not there. */
    private static List<PredictionCompleted> merge(List<HistoryPage> pages, int limit) {
        Set<Integer> covered = new HashSet<>();
        List<PredictionCompleted> answers = new ArrayList<>();
        for (HistoryPage page : pages) {
            covered.addAll(page.partitions());
            answers.addAll(page.answers());
        }
        if (covered.size() < Topics.PREDICTIONS.partitions()) {
            throw new InvalidStateStoreException("answers are being moved between instances");
        }
        return latest(answers, limit);
    }

    private static List<PredictionCompleted> latest(List<PredictionCompleted> answers, int limit) {
        return answers.stream()
                .sorted(Comparator.comparing(PredictionCompleted::predictionId).reversed())
                .limit(limit)
                .toList();
    }
}
