/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A request is read to its end before it is answered, or its connection is closed after the answer (RFC 9112, 9.3). An
 * answer that comes first, as a refusal does, leaves a kept-alive connection on which Netty may never read again: the
 * client's next request would hang.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class UnreadBodyFilter implements WebFilter {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final long maxBytes;

    UnreadBodyFilter(IngestProperties properties) {
        this.maxBytes = 2 * properties.imageLimits().maxBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.defer(() -> readRest(exchange)));
        return chain.filter(exchange);
    }

    private Mono<Void> readRest(ServerWebExchange exchange) {
        if (exchange.getRequest().getHeaders().containsHeader(HttpHeaders.EXPECT)) {
            // Reading would invite the client to send what it held back; Netty closes the connection of a refused one.
            return Mono.empty();
        }
        return exchange.getRequest()
                .getBody()
                .map(UnreadBodyFilter::sizeOfReleased)
                .scan(0L, Long::sum)
                .doOnNext(this::checkTotal)
                .then()
                .timeout(LIMIT)
                .onErrorResume(e -> {
                    exchange.getResponse().getHeaders().setConnection("close");
                    return Mono.empty();
                });
    }

    private static long sizeOfReleased(DataBuffer buffer) {
        int size = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return size;
    }

    private void checkTotal(long bytes) {
        if (bytes > maxBytes) {
            throw new DataBufferLimitException("more than " + maxBytes + " bytes");
        }
    }
}
