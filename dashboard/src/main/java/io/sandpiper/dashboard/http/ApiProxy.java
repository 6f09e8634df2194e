/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.dashboard.DashboardProperties;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Brings the API under the page's own address, where the dashboard is a service of its own: the page's policy lets it
 * ask nobody else. Bodies go through as they come, both ways, and none is held.
 */
@Component
@Order(0)
@ConditionalOnProperty("sandpiper.dashboard.api")
final class ApiProxy implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProxy.class);
    private static final List<String> PATHS = List.of("/v1/", "/docs", "/webjars/swagger-ui/");

    /** Of one connection (RFC 9110, section 7.6.1), not of what it carries. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final WebClient api;
    private final String address;

    ApiProxy(DashboardProperties properties) {
        this.address = Objects.requireNonNull(properties.api()).toString();
        this.api = WebClient.builder().build();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        return PATHS.stream().anyMatch(path::startsWith) ? forward(exchange) : chain.filter(exchange);
    }

    private Mono<Void> forward(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        var uri = UriComponentsBuilder.fromUriString(address)
                .path(request.getURI().getRawPath())
                .query(request.getURI().getRawQuery())
                .build(true)
                .toUri();
        return api.method(request.getMethod())
                .uri(uri)
                // The host as well: the API holds it against the page that asks.
                .headers(headers -> copy(request.getHeaders(), headers))
                .body(BodyInserters.fromDataBuffers(request.getBody()))
                .exchangeToMono(answer -> pass(answer, exchange.getResponse()))
                .onErrorResume(WebClientRequestException.class, e -> {
                    LOG.warn("The API at {} cannot be asked: {}", address, e.toString());
                    return Problem.write(
                            exchange,
                            HttpStatus.BAD_GATEWAY,
                            "api-unreachable",
                            "The dashboard cannot reach the API. Whoever runs it finds the reason in its log.");
                });
    }

    private static Mono<Void> pass(ClientResponse answer, ServerHttpResponse response) {
        response.setStatusCode(answer.statusCode());
        copy(answer.headers().asHttpHeaders(), response.getHeaders());
        // Each piece at once: events are of use when they come.
        return response.writeAndFlushWith(answer.bodyToFlux(DataBuffer.class).map(Flux::just));
    }

    private static void copy(HttpHeaders from, HttpHeaders to) {
        from.forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                to.put(name, values);
            }
        });
    }
}
