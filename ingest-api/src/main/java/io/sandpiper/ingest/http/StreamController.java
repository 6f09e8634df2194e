/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.netty.channel.Channel;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.result.ResultTail;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;

/**
 * Answers as they come, as server-sent events. What is written is made once for all who may see the same, ten times a
 * second: five hundred who watch cost little more than one. Whoever reads too slowly misses the oldest, and nobody waits
 * for it; what was missed is in the history.
 */
@RestController
final class StreamController implements DisposableBean {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final int TICKS_A_SECOND = 10;
    /** Ticks that lie ready for one reader. */
    private static final int AHEAD = 16;

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final byte[] WATCHING = ":watching\n\n".getBytes(StandardCharsets.UTF_8);

    private final ResultTail<Answer> tail;
    private final PredictionIds ids;
    private final Semaphore readers;
    private final int eventsATick;
    private final Map<Audience, Flux<byte[]>> audiences = new ConcurrentHashMap<>();

    StreamController(IngestProperties properties, KafkaProperties kafka, PredictionIds ids) {
        this.tail = new ResultTail<>(kafka.buildConsumerProperties(), Answer::of);
        this.ids = ids;
        this.readers = new Semaphore(properties.maxStreams());
        this.eventsATick = Math.max(1, properties.streamEventsPerSecond() / TICKS_A_SECOND);
    }

    /** All who may see the same. */
    private record Audience(
            @Nullable String model, @Nullable String holder) {}

    /** An answer, and how it is written. */
    private record Answer(PredictionCompleted completed, String event) {

        static Answer of(PredictionCompleted completed) {
            return new Answer(
                    completed,
                    "id:%s\nevent:prediction\ndata:%s\n\n"
                            .formatted(
                                    oneLine(completed.predictionId()),
                                    new String(Json.write(PredictionView.of(completed)), StandardCharsets.UTF_8)));
        }

        /** Ids of other systems may have anything in them. JSON has no line ends of its own. */
        private static String oneLine(String id) {
            return id.replaceAll("[\\r\\n\\x00]", " ");
        }
    }

    @GetMapping(path = "/v1/predictions/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(@RequestParam(required = false) @Nullable String model, ServerWebExchange exchange) {
        Audience audience = new Audience(model, ApiKeyFilter.holder(exchange).seesOnly());
        if (!readers.tryAcquire()) {
            throw ApiException.unavailable("too-many-streams", "Too many are watching. Come back later.", LATER);
        }
        // Those of the audience first: none is missed between them and the sign that watching has begun.
        Flux<byte[]> written = Flux.merge(
                audiences.computeIfAbsent(audience, this::watch),
                Mono.defer(tail::ready).thenReturn(WATCHING),
                Flux.interval(SIGN_OF_LIFE).onBackpressureDrop().map(n -> WATCHING));
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        BooleanSupplier isRead = isRead(response);
        return response.writeAndFlushWith(written.filter(chunk -> isRead.getAsBoolean())
                        .onBackpressureBuffer(AHEAD, BufferOverflowStrategy.DROP_OLDEST)
                        .map(chunk -> Mono.just(response.bufferFactory().wrap(chunk))))
                .doFinally(signal -> readers.release());
    }

    /**
     * Whether the reader keeps up: what it has not taken yet is below the connection's high-water mark. The server would
     * take 128 more ticks for each reader otherwise, and memory for all of them.
     */
    private static BooleanSupplier isRead(ServerHttpResponse response) {
        if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof NettyOutbound outbound) {
            AtomicReference<Channel> channel = new AtomicReference<>();
            outbound.withConnection(connection -> channel.set(connection.channel()));
            return () -> channel.get() == null || channel.get().isWritable();
        }
        return () -> true;
    }

    @Override
    public void destroy() {
        tail.close();
    }

    /** For as long as anybody of that audience is there. */
    private Flux<byte[]> watch(Audience audience) {
        return tail.watch()
                .filter(answer -> isFor(audience, answer.completed()))
                .buffer(TICK)
                .map(this::write)
                .doFinally(signal -> audiences.remove(audience))
                .publish()
                .refCount();
    }

    private boolean isFor(Audience audience, PredictionCompleted answer) {
        return (audience.model() == null || audience.model().equals(answer.model()))
                && (audience.holder() == null
                        || ids.issuedAt(answer.predictionId(), audience.holder())
                                .isPresent());
    }

    /** The latest of a tick, and how many it had before them. */
    private byte[] write(List<Answer> answers) {
        int skipped = Math.max(0, answers.size() - eventsATick);
        StringBuilder events = new StringBuilder();
        if (skipped > 0) {
            events.append("event:skipped\ndata:{\"count\":%d}\n\n".formatted(skipped));
        }
        answers.subList(skipped, answers.size()).forEach(answer -> events.append(answer.event()));
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }
}
