/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.explanation.Explanations;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationMethod;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shows which parts of a picture speak for its label, or for another. */
@RestController
final class ExplanationController {

    /** How it was found out. */
    static final String METHOD = "Sandpiper-Explanation-Method";

    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(10);
    /** How long a worker may take it up. */
    private static final Duration OF_USE = Duration.ofMinutes(1);

    private final IngestProperties properties;
    private final KnownPredictions predictions;
    private final KnownModels models;
    private final Explanations explanations;

    ExplanationController(
            IngestProperties properties, KnownPredictions predictions, KnownModels models, Explanations explanations) {
        this.properties = properties;
        this.predictions = predictions;
        this.models = models;
        this.explanations = explanations;
    }

    @GetMapping("/v1/predictions/{id}/explanation")
    Mono<ResponseEntity<byte[]>> explain(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String label,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
            @RequestParam(name = "wait", required = false) @Nullable String wait,
            ServerWebExchange exchange) {
        Holder holder = ApiKeyFilter.holder(exchange);
        Duration most = properties.maxWait();
        Duration limit = prefer == null && wait == null
                ? (most.compareTo(DEFAULT_WAIT) < 0 ? most : DEFAULT_WAIT)
                : Wait.of(prefer, wait, most);
        Instant end = Instant.now().plus(limit);
        return predictions
                .answered(id, holder, limit)
                .map(answer -> wish(answer, label))
                .flatMap(wanted -> explanations.find(holder, wanted, left(end)))
                .flatMap(this::picture)
                .switchIfEmpty(Mono.error(() -> ApiException.unavailable(
                        "explanation-pending",
                        "No worker has drawn it yet. What is begun is not lost; ask again.",
                        Duration.ofSeconds(2))));
    }

    private static Duration left(Instant end) {
        Duration left = Duration.between(Instant.now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private ExplanationRequested wish(PredictionCompleted answer, @Nullable String label) {
        String version = answer.modelVersion();
        String about = label == null ? answer.label() : label;
        if (answer.state() != State.PREDICTED || version == null || about == null) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "not-predicted",
                    "Only an answer with a label can be explained; this one is %s.".formatted(answer.state()));
        }
        if (!models.version(answer.model(), version).labels().contains(about)) {
            throw new ApiException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-label",
                    "%s has no such class. GET /v1/models/%s lists them.".formatted(answer.model(), answer.model()));
        }
        Instant now = Instant.now();
        return new ExplanationRequested(
                answer.predictionId(), answer.model(), version, about, answer.source(), now, now.plus(OF_USE));
    }

    private Mono<ResponseEntity<byte[]>> picture(ExplanationCompleted explanation) {
        ExplanationMethod method = explanation.method();
        if (method == null) {
            throw refusal(explanation.reason());
        }
        return explanations
                .picture(explanation.explanationId())
                .map(png -> ResponseEntity.ok()
                        .contentType(MediaType.IMAGE_PNG)
                        .header(METHOD, method.wireName())
                        .body(png));
    }

    private static ApiException refusal(@Nullable Reason reason) {
        if (reason == null) {
            return new ApiException(HttpStatus.CONFLICT, "explanation-unavailable", "It cannot be explained.");
        }
        return new ApiException(
                reason.code().equals("picture-gone") ? HttpStatus.GONE : HttpStatus.CONFLICT,
                reason.code(),
                reason.detail());
    }
}
