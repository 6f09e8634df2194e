/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Every answer is written, and every exchange ended, on its connection's event loop. Done on another thread, such as
 * Kafka's, the client has the answer before Reactor Netty 1.3.7 has done with the request, and its next request may
 * never be read to its end (reactor-netty 4361). To go when a release mends that.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EventLoopFilter implements WebFilter, NettyServerCustomizer {

    /** The end of an exchange. */
    @Override
    public HttpServer apply(HttpServer server) {
        return server.mapHandle((handling, connection) ->
                handling.publishOn(Schedulers.fromExecutor(connection.channel().eventLoop())));
    }

    /** The answer: a body of one buffer is written, and ended, by whoever brings the buffer. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        AtomicReference<EventLoop> loop = new AtomicReference<>();
        request.withConnection(connection -> loop.set(connection.channel().eventLoop()));
        return chain.filter(exchange.mutate()
                .response(new OnEventLoop(exchange.getResponse(), Objects.requireNonNull(loop.get())))
                .build());
    }

    private static final class OnEventLoop extends ServerHttpResponseDecorator {

        private final Scheduler scheduler;

        OnEventLoop(ServerHttpResponse response, EventLoop eventLoop) {
            super(response);
            this.scheduler = Schedulers.fromExecutor(eventLoop);
        }

        /** On the heap: one of Netty's buffers is forgotten now and then when the client goes away before it is written. */
        @Override
        public DataBufferFactory bufferFactory() {
            return DefaultDataBufferFactory.sharedInstance;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return super.writeWith(
                    body instanceof Mono<? extends DataBuffer> one
                            ? one.publishOn(scheduler)
                            : Flux.from(body).publishOn(scheduler));
        }
    }
}
