/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.http.Submissions.Accepted;
import io.sandpiper.ingest.http.Submissions.Submission;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.ingest.result.ResultsUnavailableException;
import io.sandpiper.schemas.PredictionCancelled;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.Part;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes a picture, answers for it: at once when asked to wait, later under its own address otherwise. */
@RestController
@RequestMapping("/v1/predictions")
final class PredictionController {

    private static final String PREFER = "Prefer";
    private static final String PREFERENCE_APPLIED = "Preference-Applied";
    private static final String POLL_AFTER_SECONDS = "1";

    private final IngestProperties properties;
    private final Submissions submissions;
    private final KnownPredictions predictions;
    private final Results results;
    private final Publisher publisher;
    private final Callbacks callbacks;

    PredictionController(
            IngestProperties properties,
            Submissions submissions,
            KnownPredictions predictions,
            Results results,
            Publisher publisher,
            Callbacks callbacks) {
        this.properties = properties;
        this.submissions = submissions;
        this.predictions = predictions;
        this.results = results;
        this.publisher = publisher;
        this.callbacks = callbacks;
    }

    @PostMapping(consumes = {"image/*", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    Mono<ResponseEntity<PredictionView>> submit(@RequestParam String model, ServerWebExchange exchange) {
        submissions.requireModel(model);
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        return submit(
                exchange, model, String.valueOf(type), exchange.getRequest().getBody());
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Mono<ResponseEntity<PredictionView>> submitPart(
            @RequestParam String model, @RequestPart("file") Part file, ServerWebExchange exchange) {
        submissions.requireModel(model);
        MediaType type = file.headers().getContentType();
        return submit(exchange, model, String.valueOf(type), file.content());
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<PredictionView>> find(
            @PathVariable String id,
            @RequestHeader(name = PREFER, required = false) @Nullable List<String> prefer,
            @RequestParam(name = "wait", required = false) @Nullable String wait,
            ServerWebExchange exchange) {
        Optional<Instant> issued = predictions.issuedAt(id, ApiKeyFilter.holder(exchange));
        Duration limit = Wait.of(prefer, wait, properties.maxWait());
        Mono<PredictionCompleted> result = limit.isZero() ? results.find(id) : results.await(id, limit);
        return result.map(r -> finished(r, limit)).switchIfEmpty(Mono.fromSupplier(() -> unfinished(id, issued)));
    }

    /** Cancels what no worker has begun with. Whether that was in time the answer says, as for any other. */
    @DeleteMapping("/{id}")
    Mono<ResponseEntity<PredictionView>> cancel(
            @PathVariable String id,
            @RequestHeader(name = PREFER, required = false) @Nullable List<String> prefer,
            ServerWebExchange exchange) {
        Instant issued = predictions.issuedAt(id, ApiKeyFilter.holder(exchange)).orElseThrow(KnownPredictions::unknown);
        Duration limit = Wait.of(prefer, null, properties.maxWait());
        Mono<ResponseEntity<PredictionView>> cancelled = publisher
                .publish(new PredictionCancelled(id, Instant.now()))
                .then(Mono.defer(() -> limit.isZero() ? Mono.empty() : results.await(id, limit)))
                .map(result -> finished(result, limit))
                .switchIfEmpty(Mono.fromSupplier(() -> unfinished(id, Optional.of(issued))));
        return results.find(id).map(PredictionController::answered).switchIfEmpty(cancelled);
    }

    /** Cancelled twice is cancelled. */
    private static ResponseEntity<PredictionView> answered(PredictionCompleted result) {
        if (result.state() != State.CANCELLED) {
            throw new ApiException(HttpStatus.CONFLICT, "already-answered", "It is answered already: GET it instead.");
        }
        return finished(result, Duration.ZERO);
    }

    private Mono<ResponseEntity<PredictionView>> submit(
            ServerWebExchange exchange, String model, String contentType, Flux<DataBuffer> body) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        Duration wait = Wait.of(headers.get(PREFER), null, properties.maxWait());
        Submission submission = new Submission(
                model,
                contentType,
                headers.getContentLength(),
                Deadline.of(headers.getFirst(Deadline.HEADER), Instant.now()),
                callbacks.require(exchange.getRequest().getQueryParams().getFirst("callback")),
                IdempotencyKeys.of(headers));
        return submissions
                .submit(ApiKeyFilter.holder(exchange), submission, body)
                .flatMap(accepted -> wait.isZero() ? Mono.just(pending(accepted)) : answer(accepted, wait));
    }

    private Mono<ResponseEntity<PredictionView>> answer(Accepted accepted, Duration wait) {
        return results.await(accepted.id(), wait)
                // The picture is accepted: that its answer cannot be looked up now is no reason to say otherwise.
                .onErrorResume(ResultsUnavailableException.class, e -> Mono.empty())
                .map(r -> finished(r, wait))
                .switchIfEmpty(Mono.fromSupplier(() -> pending(accepted)));
    }

    /** Not there yet, not there any more, or never there: the id itself tells which. */
    private static ResponseEntity<PredictionView> unfinished(String id, Optional<Instant> issuedToHolder) {
        return pending(id, KnownPredictions.requirePending(issuedToHolder), null);
    }

    private static ResponseEntity<PredictionView> pending(Accepted accepted) {
        return pending(accepted.id(), accepted.at(), accepted.outlook());
    }

    private static ResponseEntity<PredictionView> pending(
            String id, Instant submittedAt, Admission.@Nullable Outlook outlook) {
        return ResponseEntity.accepted()
                .location(URI.create("/v1/predictions/" + id))
                .header(HttpHeaders.RETRY_AFTER, POLL_AFTER_SECONDS)
                .body(PredictionView.pending(id, submittedAt, outlook));
    }

    private static ResponseEntity<PredictionView> finished(PredictionCompleted result, Duration waited) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (!waited.isZero()) {
            response.header(PREFERENCE_APPLIED, "wait=" + waited.toSeconds());
        }
        return response.location(URI.create("/v1/predictions/" + result.predictionId()))
                .body(PredictionView.of(result));
    }
}
