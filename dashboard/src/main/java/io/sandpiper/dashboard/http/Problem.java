/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.http;

import io.sandpiper.schemas.Json;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A refusal as the API words it: RFC 9457, with a stable code. */
final class Problem {

    private Problem() {}

    static Mono<Void> write(ServerWebExchange exchange, HttpStatus status, String code, String detail) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = Json.write(Map.of(
                "type", URI.create("urn:sandpiper:problem:" + code),
                "title", status.getReasonPhrase(),
                "status", status.value(),
                "detail", detail,
                "code", code));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
