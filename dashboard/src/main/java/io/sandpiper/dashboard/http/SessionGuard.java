/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.dashboard.DashboardProperties;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Shows the stream to those who may ask the API for predictions. It has no keys: it asks the API, who knows. Where the API
 * needs none, only to who sits at this machine; beside the API, in one process, the API's own filter stands here.
 */
@Component
@Order(-1)
@ConditionalOnProperty("sandpiper.dashboard.api")
final class SessionGuard implements WebFilter {

    private static final Logger LOG = LoggerFactory.getLogger(SessionGuard.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Set<String> ENOUGH = Set.of("PREDICT", "ADMIN");

    private final WebClient api;
    /** Once there are keys, nobody comes in without one any more: that need not be asked again. */
    private volatile boolean keysRequired;

    SessionGuard(DashboardProperties properties) {
        this.api = WebClient.create(Objects.requireNonNull(properties.api()).toString());
    }

    /** What the API says of who asks. */
    record Session(boolean keysRequired, boolean signedIn, Set<String> scopes) {

        boolean may() {
            return signedIn && scopes.stream().anyMatch(ENOUGH::contains);
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String path = request.getPath().pathWithinApplication().value();
        boolean isLocal = isLocal(request);
        boolean isAsked = path.startsWith("/dashboard/") || (path.startsWith("/v1/") && !isLocal && !keysRequired);
        if (!isAsked) {
            return chain.filter(exchange);
        }
        return session(request)
                .map(session -> refusal(session, isLocal, path))
                .onErrorResume(e -> {
                    LOG.warn("The API cannot be asked who may look: {}", e.toString());
                    return Mono.just(Refusal.UNREACHABLE);
                })
                .flatMap(refusal -> refusal == Refusal.NONE
                        ? chain.filter(exchange)
                        : Problem.write(exchange, refusal.status, refusal.code, refusal.detail));
    }

    private enum Refusal {
        NONE(HttpStatus.OK, "", ""),
        NOT_LOCAL(
                HttpStatus.FORBIDDEN,
                "keys-needed",
                "As long as there are no keys, the dashboard is for this machine alone: ./sandpiper key create."),
        NOT_SIGNED_IN(HttpStatus.UNAUTHORIZED, "invalid-key", "Sign in with a key that may ask for predictions."),
        UNREACHABLE(HttpStatus.BAD_GATEWAY, "api-unreachable", "The dashboard cannot reach the API.");

        private final HttpStatus status;
        private final String code;
        private final String detail;

        Refusal(HttpStatus status, String code, String detail) {
            this.status = status;
            this.code = code;
            this.detail = detail;
        }
    }

    private static Refusal refusal(Session session, boolean isLocal, String path) {
        if (!session.keysRequired() && !isLocal) {
            return Refusal.NOT_LOCAL;
        }
        return path.startsWith("/dashboard/") && !session.may() ? Refusal.NOT_SIGNED_IN : Refusal.NONE;
    }

    private Mono<Session> session(ServerHttpRequest request) {
        return api.get()
                .uri("/v1/session")
                .headers(headers -> {
                    pass(request, headers, HttpHeaders.COOKIE);
                    pass(request, headers, HttpHeaders.AUTHORIZATION);
                })
                .retrieve()
                .bodyToMono(Session.class)
                .timeout(LIMIT)
                .doOnNext(session -> keysRequired = keysRequired || session.keysRequired());
    }

    private static void pass(ServerHttpRequest request, HttpHeaders headers, String name) {
        String value = request.getHeaders().getFirst(name);
        if (value != null) {
            headers.set(name, value);
        }
    }

    private static boolean isLocal(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote != null && remote.getAddress().isLoopbackAddress();
    }
}
