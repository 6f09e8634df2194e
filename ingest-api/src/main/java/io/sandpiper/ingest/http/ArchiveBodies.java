/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reads archives while they come in, on threads of their own, a few at once. */
@Component
final class ArchiveBodies implements DisposableBean {

    private static final int BUFFERS_AHEAD = 16;
    private static final int WAITING_UPLOADS = 8;
    private static final Duration LATER = Duration.ofSeconds(10);

    private final Scheduler readers;

    ArchiveBodies(IngestProperties properties) {
        this.readers = Schedulers.newBoundedElastic(properties.bulkReaders(), WAITING_UPLOADS, "bulk-reader");
    }

    /** Blocks while it reads. */
    @FunctionalInterface
    interface Reading<T> {
        T read(InputStream body) throws InterruptedException;
    }

    <T> Mono<T> read(ServerWebExchange exchange, Reading<T> reading) {
        return Mono.using(
                        () -> DataBufferUtils.subscriberInputStream(
                                exchange.getRequest().getBody(), BUFFERS_AHEAD),
                        body -> Mono.fromCallable(() -> reading.read(body)).subscribeOn(readers))
                .onErrorMap(
                        RejectedExecutionException.class,
                        e -> ApiException.unavailable(
                                "busy", "Too many archives are being read. Send it later.", LATER));
    }

    /** For an archive that could not be read to its end. */
    static ApiException stopped(Reason reason) {
        boolean tooMuch = reason.code().contains("large")
                || reason.code().contains("many")
                || reason.code().contains("long");
        return new ApiException(
                tooMuch ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.UNPROCESSABLE_CONTENT,
                reason.code(),
                reason.detail());
    }

    @Override
    public void destroy() {
        readers.dispose();
    }
}
