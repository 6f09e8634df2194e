/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.RefusedException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells a key that sends too fast so before a controller is found: whoever sends ten times what it may makes the others
 * pay for its refusals. It is counted where the picture is let in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class RateFilter implements WebFilter {

    private static final String ONE_PICTURE = "/v1/predictions";

    private final Admission admission;

    RateFilter(Admission admission) {
        this.admission = admission;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getMethod().equals(HttpMethod.POST)
                && request.getPath().pathWithinApplication().value().equals(ONE_PICTURE)) {
            try {
                admission.requireRate(ApiKeyFilter.holder(exchange));
            } catch (RefusedException e) {
                return ProblemWriter.write(exchange, ApiException.of(e));
            }
        }
        return chain.filter(exchange);
    }
}
