/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.publish.TransactionalPublisher;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.schemas.EvaluationCompleted;
import io.sandpiper.schemas.EvaluationRequested;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Has versions evaluated anew, and tells what came of it. The jobs are found where trainings are. */
@RestController
@RequestMapping("/v1/models/{model}/evaluations")
final class EvaluationController {

    private final KnownModels models;
    private final TransactionalPublisher commands;
    private final Results results;
    private final StoredReports reports;

    EvaluationController(KnownModels models, TransactionalPublisher commands, Results results, StoredReports reports) {
        this.models = models;
        this.commands = commands;
        this.results = results;
        this.reports = reports;
    }

    /** @param version absent: the one that serves when this is asked */
    record EvaluationRequest(@Nullable String version) {}

    @PostMapping
    Mono<ResponseEntity<TrainingJobController.JobView>> request(
            @PathVariable String model,
            @RequestBody(required = false) @Nullable EvaluationRequest request,
            ServerWebExchange exchange) {
        String version = version(model, request == null ? null : request.version());
        String jobId = UUID.randomUUID().toString();
        String by = ApiKeyFilter.holder(exchange).nameInWords();
        return commands.publish(new EvaluationRequested(jobId, model, version, by, Instant.now()))
                .then(Mono.fromSupplier(() -> TrainingJobController.JobView.accepted(model, jobId)));
    }

    private String version(String model, @Nullable String named) {
        if (named != null) {
            return models.version(model, named).version();
        }
        String champion = models.model(model).championVersion();
        if (champion == null) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "no-champion",
                    "No version of %s serves. Name the one to evaluate.".formatted(model));
        }
        return champion;
    }

    @GetMapping
    Mono<List<EvaluationCompleted>> list(@PathVariable String model) {
        return results.findTrainings(model)
                .map(jobs -> jobs.stream()
                        .filter(EvaluationCompleted.class::isInstance)
                        .map(EvaluationCompleted.class::cast)
                        .sorted(Comparator.comparing(EvaluationCompleted::at).reversed())
                        .toList());
    }

    @GetMapping("/{jobId}/report")
    Mono<ResponseEntity<byte[]>> report(
            @PathVariable String model, @PathVariable String jobId, ServerWebExchange exchange) {
        return results.findTraining(jobId)
                .ofType(EvaluationCompleted.class)
                .filter(evaluation -> evaluation.model().equals(model))
                .switchIfEmpty(Mono.error(() -> new ApiException(
                        HttpStatus.NOT_FOUND,
                        "unknown-evaluation",
                        "There is no evaluation of this model with that id that has ended with a report.")))
                .flatMap(evaluation -> reports.find(
                        name -> ObjectKeys.evaluationPart(model, evaluation.version(), jobId, name),
                        exchange.getRequest().getHeaders()));
    }
}
