/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.netty.channel.ChannelOption;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** The other instances of the API, asked over HTTP. */
@Component
final class Peers {

    /** Where an instance answers the others; see the controller of that path. */
    private static final String PATH = "/internal/predictions/{id}?waitMillis={wait}&stale={stale}";

    private static final int CONNECT_MILLIS = 1_000;
    /** On top of what it was asked to wait. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    private final WebClient http;

    Peers(PeerToken token) {
        this.http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(
                        HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)))
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
        return http.get()
                .uri("http://" + host.host() + ":" + host.port() + PATH, predictionId, wait.toMillis(), stale)
                .exchangeToMono(Peers::read)
                .timeout(wait.plus(ANSWER_LIMIT))
                .onErrorMap(
                        e -> !(e instanceof InvalidStateStoreException),
                        e -> new InvalidStateStoreException(host + " does not answer", e));
    }

    private static Mono<PredictionCompleted> read(ClientResponse response) {
        if (response.statusCode() == HttpStatus.NO_CONTENT) {
            return response.releaseBody().then(Mono.empty());
        }
        if (response.statusCode() != HttpStatus.OK) {
            return response.releaseBody()
                    .then(Mono.error(new InvalidStateStoreException("answered with " + response.statusCode())));
        }
        return response.bodyToMono(byte[].class).map(json -> Json.read(json, PredictionCompleted.class));
    }
}
