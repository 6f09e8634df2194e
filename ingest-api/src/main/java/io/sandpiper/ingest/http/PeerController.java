/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.result.History;
import io.sandpiper.ingest.result.HistoryQuery;
import io.sandpiper.ingest.result.PeerToken;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.ingest.result.Statistics;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the instances of the API ask each other. For anybody else it is not there. */
@RestController
final class PeerController {

    private final IngestProperties properties;
    private final Results results;
    private final History history;
    private final Statistics statistics;
    private final PeerToken token;

    PeerController(
            IngestProperties properties, Results results, History history, Statistics statistics, PeerToken token) {
        this.properties = properties;
        this.results = results;
        this.history = history;
        this.statistics = statistics;
        this.token = token;
    }

    /** The message as it is on the topic; 204 when there is none, 503 when this instance cannot tell. */
    @GetMapping("/internal/predictions/{id}")
    Mono<ResponseEntity<byte[]>> find(
            @PathVariable String id,
            @RequestParam long waitMillis,
            @RequestParam boolean stale,
            @RequestHeader(name = PeerToken.HEADER, defaultValue = "") String presented) {
        requirePeer(presented);
        Duration wait =
                Duration.ofMillis(Math.min(waitMillis, properties.maxWait().toMillis()));
        Mono<PredictionCompleted> answer = wait.isZero() ? results.findHere(id, stale) : results.awaitHere(id, wait);
        return json(answer);
    }

    @GetMapping("/internal/bulk/{id}")
    Mono<ResponseEntity<byte[]>> findBulk(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable State state,
            @RequestParam int from,
            @RequestParam int limit,
            @RequestHeader(name = PeerToken.HEADER, defaultValue = "") String presented) {
        requirePeer(presented);
        return json(results.findBulkHere(id, state, from, limit));
    }

    @GetMapping("/internal/idempotency-keys/{hash}")
    Mono<ResponseEntity<byte[]>> findKey(
            @PathVariable String hash, @RequestHeader(name = PeerToken.HEADER, defaultValue = "") String presented) {
        requirePeer(presented);
        return json(results.findKeyHere(hash));
    }

    @GetMapping("/internal/predictions")
    Mono<ResponseEntity<byte[]>> findHistory(
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String holder,
            @RequestParam int limit,
            @RequestHeader(name = PeerToken.HEADER, defaultValue = "") String presented) {
        requirePeer(presented);
        return json(history.findHere(new HistoryQuery(model, before, holder, limit)));
    }

    @GetMapping("/internal/figures")
    Mono<ResponseEntity<byte[]>> findFigures(
            @RequestParam long minutes, @RequestHeader(name = PeerToken.HEADER, defaultValue = "") String presented) {
        requirePeer(presented);
        return json(statistics.findHere(Duration.ofMinutes(minutes)));
    }

    private void requirePeer(String presented) {
        if (!token.matches(presented)) {
            throw new ApiException(HttpStatus.NOT_FOUND, "not-found", "There is nothing under this address.");
        }
    }

    private static <T> Mono<ResponseEntity<byte[]>> json(Mono<T> answer) {
        return answer.map(found -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Json.write(found)))
                .defaultIfEmpty(ResponseEntity.noContent().build());
    }
}
