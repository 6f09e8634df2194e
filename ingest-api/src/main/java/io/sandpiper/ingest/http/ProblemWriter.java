/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The same problems as the controllers', for filters: before a controller is found nobody turns exceptions into them. */
final class ProblemWriter {

    private ProblemWriter() {}

    static Mono<Void> write(ServerWebExchange exchange, ApiException refusal) {
        ServerHttpResponse response = exchange.getResponse();
        String path = exchange.getRequest().getPath().value();
        ApiException.addForInferenceClients(refusal.getBody(), path);
        byte[] body = json(refusal.getBody(), path);
        response.setStatusCode(refusal.getStatusCode());
        refusal.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    /** @param instance what was asked for; null leaves it out */
    static byte[] json(ProblemDetail problem, @Nullable String instance) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", String.valueOf(problem.getType()));
        body.put("title", problem.getTitle());
        body.put("status", problem.getStatus());
        body.put("detail", problem.getDetail());
        if (instance != null) {
            body.put("instance", instance);
        }
        if (problem.getProperties() != null) {
            body.putAll(problem.getProperties());
        }
        return Json.write(body);
    }
}
