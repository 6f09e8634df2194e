/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.ApiKeys;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Nobody comes in without a key that may do what is asked. As long as there are no keys, whoever is on this machine may
 * do everything, but no web page may that was not served here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class ApiKeyFilter implements WebFilter {

    private static final String MANAGEMENT = "management";
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    /** What a browser says of a request that our own page, or a person, made. */
    private static final String SAME_ORIGIN = "same-origin";

    private static final Set<String> OWN_SITE = Set.of(SAME_ORIGIN, "none");

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final ApiKeys keys;

    private volatile int managementPort = -1;

    ApiKeyFilter(ApiKeys keys) {
        this.keys = keys;
    }

    /** Only where health and metrics have a server of their own. */
    @EventListener
    void onServer(WebServerInitializedEvent event) {
        if (MANAGEMENT.equals(event.getApplicationContext().getServerNamespace())) {
            managementPort = event.getWebServer().getPort();
        }
    }

    /** On whose behalf the request is made. */
    static Holder holder(ServerWebExchange exchange) {
        return Objects.requireNonNull(exchange.getAttribute(Holder.class.getName()), "no holder");
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (isManagement(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        try {
            admit(exchange);
        } catch (ApiException refusal) {
            return ProblemWriter.write(exchange, refusal);
        }
        return chain.filter(exchange);
    }

    /** Whoever reaches that port may look at what is there. */
    private boolean isManagement(ServerHttpRequest request) {
        InetSocketAddress here = request.getLocalAddress();
        return here != null && here.getPort() == managementPort;
    }

    private void admit(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpMethod method = request.getMethod();
        PathContainer path = request.getPath().pathWithinApplication();
        requireOwnSite(request);
        if (!RouteScopes.isPublic(method, path)) {
            Holder holder = keys.areConfigured() ? authenticated(request) : local(request);
            requireScope(holder, method, path);
            exchange.getAttributes().put(Holder.class.getName(), holder);
        }
    }

    private Holder authenticated(ServerHttpRequest request) {
        Optional<Credentials> credentials = Credentials.of(request);
        if (credentials.isPresent() && credentials.get().isCookie() && isChanging(request)) {
            requireOwnPage(request);
        }
        return credentials
                .flatMap(c -> keys.authenticate(c.key(), Instant.now()))
                .orElseThrow(() -> {
                    ApiException refusal = new ApiException(
                            HttpStatus.UNAUTHORIZED,
                            "invalid-key",
                            "Send a key that is valid: Authorization: Bearer pk_…. ./sandpiper key create makes one.");
                    refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    return refusal;
                });
    }

    /** Another name for this machine may be one that a web page made up, to be let in. */
    private static Holder local(ServerHttpRequest request) {
        InetSocketAddress host = request.getHeaders().getHost();
        if (host == null || !LOCAL_NAMES.contains(host.getHostString().toLowerCase(Locale.ROOT))) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN,
                    "unknown-host",
                    "As long as there are no keys, ask at localhost or 127.0.0.1.");
        }
        return Holder.LOCAL;
    }

    private static void requireScope(Holder holder, HttpMethod method, PathContainer path) {
        Optional<Scope> scope = RouteScopes.of(method, path);
        // Addresses that there are not tell nobody so who has no business here.
        boolean may = scope.map(holder::may).orElse(holder.may(Scope.ADMIN));
        if (!may) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN,
                    "insufficient-scope",
                    "This key may not do that; it needs the scope %s."
                            .formatted(scope.orElse(Scope.ADMIN).name().toLowerCase(Locale.ROOT)));
        }
    }

    /** A browser tells where a request comes from; what is no browser does not. */
    private static void requireOwnSite(ServerHttpRequest request) {
        String site = request.getHeaders().getFirst(FETCH_SITE);
        if (isChanging(request) && !(site == null ? isOwnOrigin(request) : OWN_SITE.contains(site))) {
            throw crossSite();
        }
    }

    /** What comes with a cookie comes from a browser: it tells both, and both have to be right. */
    private static void requireOwnPage(ServerHttpRequest request) {
        boolean own = SAME_ORIGIN.equals(request.getHeaders().getFirst(FETCH_SITE))
                && request.getHeaders().getOrigin() != null
                && isOwnOrigin(request);
        if (!own) {
            throw crossSite();
        }
    }

    private static boolean isChanging(ServerHttpRequest request) {
        return !request.getMethod().equals(HttpMethod.GET)
                && !request.getMethod().equals(HttpMethod.HEAD);
    }

    private static ApiException crossSite() {
        return new ApiException(HttpStatus.FORBIDDEN, "cross-site", "A page of another site may not ask for that.");
    }

    private static boolean isOwnOrigin(ServerHttpRequest request) {
        @Nullable String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        @Nullable String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return origin == null
                || (host != null && origin.replaceFirst("^https?://", "").equalsIgnoreCase(host));
    }
}
