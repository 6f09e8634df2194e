/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.result.ResultTail;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;

/**
 * Answers as they come, as server-sent events. Whoever reads too slowly misses the oldest, and nobody waits for it;
 * what was missed is in the history.
 */
@RestController
final class StreamController implements DisposableBean {

    /** Answers that lie ready for one reader. */
    private static final int AHEAD = 256;

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final ResultTail<Event> tail;
    private final PredictionIds ids;
    private final Semaphore readers;

    StreamController(IngestProperties properties, KafkaProperties kafka, PredictionIds ids) {
        this.tail = new ResultTail<>(kafka.buildConsumerProperties(), Event::new);
        this.ids = ids;
        this.readers = new Semaphore(properties.maxStreams());
    }

    /** One answer, written and judged once for all who watch. */
    private final class Event {

        private final PredictionCompleted answer;
        private final Map<String, Boolean> holders = new ConcurrentHashMap<>();
        private volatile @Nullable ServerSentEvent<String> written;

        Event(PredictionCompleted answer) {
            this.answer = answer;
        }

        boolean isOf(@Nullable String model, @Nullable String holder) {
            return (model == null || model.equals(answer.model()))
                    && (holder == null
                            || holders.computeIfAbsent(
                                    holder,
                                    h -> ids.issuedAt(answer.predictionId(), h).isPresent()));
        }

        ServerSentEvent<String> written() {
            ServerSentEvent<String> event = written;
            if (event == null) {
                event = ServerSentEvent.builder(
                                new String(Json.write(PredictionView.of(answer)), StandardCharsets.UTF_8))
                        .id(answer.predictionId())
                        .event("prediction")
                        .build();
                written = event;
            }
            return event;
        }
    }

    @GetMapping(path = "/v1/predictions/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> stream(
            @RequestParam(required = false) @Nullable String model, ServerWebExchange exchange) {
        Holder holder = ApiKeyFilter.holder(exchange);
        String only = holder.may(Scope.ADMIN) ? null : holder.name();
        if (!readers.tryAcquire()) {
            throw ApiException.unavailable("too-many-streams", "Too many are watching. Come back later.", LATER);
        }
        Flux<ServerSentEvent<String>> answers = tail.watch()
                .filter(event -> event.isEmpty() || event.get().isOf(model, only))
                .onBackpressureBuffer(AHEAD, BufferOverflowStrategy.DROP_OLDEST)
                .map(event -> event.map(Event::written).orElseGet(StreamController::comment));
        return Flux.merge(
                        answers,
                        Flux.interval(SIGN_OF_LIFE).onBackpressureDrop().map(n -> comment()))
                .doFinally(signal -> readers.release());
    }

    @Override
    public void destroy() {
        tail.close();
    }

    private static ServerSentEvent<String> comment() {
        return ServerSentEvent.<String>builder().comment("watching").build();
    }
}
