/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.netty.channel.ChannelOption;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** The other instances of the API, asked over HTTP. */
@Component
final class Peers {

    private static final int CONNECT_MILLIS = 1_000;
    /** On top of what it was asked to wait. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private static final Duration BULK_LIMIT = Duration.ofSeconds(10);
    /** A page of a bulk report. */
    private static final int MAX_ANSWER = 16 << 20;

    private final WebClient http;

    Peers(PeerToken token) {
        this.http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .defaultHeader(PeerToken.HEADER, token.value())
                .build();
    }

    /**
     * The first of these that can tell. The ones behind it keep copies, which may be a little behind; an answer is the
     * same everywhere once it is there.
     *
     * @return an InvalidStateStoreException when none can tell
     */
    Mono<PredictionCompleted> find(List<HostInfo> hosts, String predictionId, Duration wait) {
        Mono<PredictionCompleted> answer = ask(hosts.get(0), predictionId, wait, false);
        for (HostInfo copy : hosts.subList(1, hosts.size())) {
            answer = answer.onErrorResume(
                    InvalidStateStoreException.class, e -> ask(copy, predictionId, Duration.ZERO, true));
        }
        return answer;
    }

    private Mono<PredictionCompleted> ask(HostInfo host, String predictionId, Duration wait, boolean stale) {
        return get(
                host,
                uri -> uri.path("/internal/predictions/{id}")
                        .queryParam("waitMillis", wait.toMillis())
                        .queryParam("stale", stale)
                        .build(predictionId),
                wait.plus(ANSWER_LIMIT),
                PredictionCompleted.class);
    }

    Mono<IdempotencyKeyUsed> findKey(HostInfo host, String keyHash) {
        return get(
                host,
                uri -> uri.path("/internal/idempotency-keys/{hash}").build(keyHash),
                ANSWER_LIMIT,
                IdempotencyKeyUsed.class);
    }

    Mono<BulkReport> findBulk(HostInfo host, String jobId, @Nullable State state, int from, int limit) {
        return get(
                host,
                uri -> uri.path("/internal/bulk/{id}")
                        .queryParamIfPresent("state", Optional.ofNullable(state))
                        .queryParam("from", from)
                        .queryParam("limit", limit)
                        .build(jobId),
                BULK_LIMIT,
                BulkReport.class);
    }

    Mono<HistoryPage> findHistory(HostInfo host, HistoryQuery query) {
        return get(
                host,
                uri -> uri.path("/internal/predictions")
                        .queryParamIfPresent("model", Optional.ofNullable(query.model()))
                        .queryParamIfPresent("before", Optional.ofNullable(query.before()))
                        .queryParamIfPresent("holder", Optional.ofNullable(query.holder()))
                        .queryParam("limit", query.limit())
                        .build(),
                BULK_LIMIT,
                HistoryPage.class);
    }

    Mono<Statistics.ModelFigures> findFigures(HostInfo host, Duration last) {
        return get(
                host,
                uri -> uri.path("/internal/figures")
                        .queryParam("minutes", last.toMinutes())
                        .build(),
                ANSWER_LIMIT,
                Statistics.ModelFigures.class);
    }

    private <T> Mono<T> get(HostInfo host, Function<UriBuilder, URI> path, Duration limit, Class<T> type) {
        return http.get()
                .uri(uri -> path.apply(uri.scheme("http").host(host.host()).port(host.port())))
                .exchangeToMono(response -> read(response, type))
                .timeout(limit)
                .onErrorMap(
                        e -> !(e instanceof InvalidStateStoreException),
                        e -> new InvalidStateStoreException(host + " does not answer", e));
    }

    private static <T> Mono<T> read(ClientResponse response, Class<T> type) {
        if (response.statusCode() == HttpStatus.NO_CONTENT) {
            return response.releaseBody().then(Mono.empty());
        }
        if (response.statusCode() != HttpStatus.OK) {
            return response.releaseBody()
                    .then(Mono.error(new InvalidStateStoreException("answered with " + response.statusCode())));
        }
        return response.bodyToMono(byte[].class).map(json -> Json.read(json, type));
    }
}
