/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.admission.RefusedException;
import io.sandpiper.ingest.idempotency.IdempotencyKeyException;
import io.sandpiper.ingest.publish.NotPublishedException;
import io.sandpiper.ingest.result.ResultsUnavailableException;
import io.sandpiper.objectstore.ObjectStoreException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Every error of the API as a problem with a stable code. What we did not foresee is logged, not told. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onRejected(ImageRejectedException e, ServerWebExchange exchange) {
        HttpStatus status = switch (e.code()) {
            case EMPTY_IMAGE -> HttpStatus.BAD_REQUEST;
            case IMAGE_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case NOT_AN_IMAGE, UNSUPPORTED_IMAGE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case CORRUPT_IMAGE, TRUNCATED_IMAGE -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
        return answer(new ApiException(status, e.code().wireName(), String.valueOf(e.getMessage())), exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onTooLarge(DataBufferLimitException e, ServerWebExchange exchange) {
        return answer(
                new ApiException(
                        HttpStatus.CONTENT_TOO_LARGE, "image-too-large", "The body is larger than a picture may be."),
                exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onRefused(RefusedException e, ServerWebExchange exchange) {
        return answer(ApiException.of(e), exchange);
    }

    /** A form that cannot be read, or has more parts than it may. */
    @ExceptionHandler
    Mono<ResponseEntity<Object>> onMalformed(DecodingException e, ServerWebExchange exchange) {
        boolean tooMany = String.valueOf(e.getMessage()).startsWith("Too many parts");
        return answer(
                tooMany
                        ? new ApiException(
                                HttpStatus.CONTENT_TOO_LARGE,
                                "too-many-parts",
                                "The form has too many parts. Send several, or POST /v1/bulk.")
                        : new ApiException(
                                HttpStatus.BAD_REQUEST, "malformed-body", "The body is not what its type says."),
                exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onKey(IdempotencyKeyException e, ServerWebExchange exchange) {
        ApiException refusal = new ApiException(
                e.isReused() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.CONFLICT,
                e.code(),
                String.valueOf(e.getMessage()));
        if (!e.isReused()) {
            refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(SOON.toSeconds()));
        }
        return answer(refusal, exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onNotPublished(NotPublishedException e, ServerWebExchange exchange) {
        LOG.warn("A client is told to try again: {}", String.valueOf(e.getCause()));
        return answer(
                ApiException.unavailable(
                        "not-acknowledged",
                        "Kafka did not acknowledge in time. Whether it has the record is unknown; send it again.",
                        SOON),
                exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onRestoring(ResultsUnavailableException e, ServerWebExchange exchange) {
        return answer(
                ApiException.unavailable(
                        "results-restoring", "The results are being restored. None is lost; ask again.", SOON),
                exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onStore(ObjectStoreException e, ServerWebExchange exchange) {
        LOG.warn("A client is told to try again: {}", e.getMessage());
        return answer(
                ApiException.unavailable(
                        "store-unavailable", "The object store cannot be reached. Send it again.", SOON),
                exchange);
    }

    /** Nobody is there any more who could be answered. */
    @ExceptionHandler
    Mono<ResponseEntity<Object>> onAborted(AbortedException e) {
        LOG.debug("A client went away: {}", e.toString());
        return Mono.empty();
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> onUnforeseen(RuntimeException e, ServerWebExchange exchange) {
        LOG.error(
                "A request failed: {} {}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath(),
                e);
        return answer(
                new ApiException(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "Something is wrong on our side; it is logged."),
                exchange);
    }

    private Mono<ResponseEntity<Object>> answer(ApiException e, ServerWebExchange exchange) {
        return handleExceptionInternal(e, e.getBody(), e.getHeaders(), e.getStatusCode(), exchange);
    }

    /** Spring's own errors have no code: they get one from their status. */
    @Override
    protected Mono<ResponseEntity<Object>> createResponseEntity(
            @org.jspecify.annotations.Nullable Object body,
            @org.jspecify.annotations.Nullable HttpHeaders headers,
            HttpStatusCode status,
            ServerWebExchange exchange) {
        if (body instanceof ProblemDetail problem
                && (problem.getProperties() == null || !problem.getProperties().containsKey("code"))) {
            HttpStatus known = HttpStatus.resolve(status.value());
            problem.setProperty(
                    "code",
                    known == null
                            ? "error"
                            : known.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (body instanceof ProblemDetail problem) {
            ApiException.addForInferenceClients(
                    problem, exchange.getRequest().getPath().value());
        }
        return super.createResponseEntity(body, headers, status, exchange);
    }
}
