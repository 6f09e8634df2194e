/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.ingest.publish.TransactionalPublisher;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.TrainingCancelled;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Asks for trainings, and tells how they and the other jobs of training workers get on. */
@RestController
@RequestMapping("/v1/models/{model}/training-jobs")
final class TrainingJobController {

    private final Publisher publisher;
    private final TransactionalPublisher commands;
    private final Results results;

    TrainingJobController(Publisher publisher, TransactionalPublisher commands, Results results) {
        this.publisher = publisher;
        this.commands = commands;
        this.results = results;
    }

    /** @param last absent until it can be told */
    record JobView(String jobId, String model, @Nullable TrainingEvent last) {

        /** To a command that Kafka has. */
        static ResponseEntity<JobView> accepted(String model, String jobId) {
            return ResponseEntity.accepted()
                    .location(URI.create("/v1/models/" + model + "/training-jobs/" + jobId))
                    .body(new JobView(jobId, model, null));
        }
    }

    @PostMapping
    Mono<ResponseEntity<JobView>> request(
            @PathVariable String model, @RequestBody(required = false) @Nullable JobRequest request) {
        if (!Names.isModelName(model)) {
            throw KnownModels.unknown();
        }
        String jobId = UUID.randomUUID().toString();
        JobRequest wanted = request == null ? JobRequest.OF_THE_RECIPE : request;
        return commands.publish(wanted.command(jobId, model))
                .then(Mono.fromSupplier(() -> JobView.accepted(model, jobId)));
    }

    @GetMapping
    Mono<List<TrainingEvent>> list(@PathVariable String model) {
        return results.findTrainings(model);
    }

    @GetMapping("/{jobId}")
    Mono<JobView> find(@PathVariable String model, @PathVariable String jobId) {
        return results.findTraining(jobId)
                .filter(event -> event.model().equals(model))
                .map(event -> new JobView(jobId, model, event))
                .switchIfEmpty(Mono.error(() -> new ApiException(
                        HttpStatus.NOT_FOUND,
                        "unknown-job",
                        "There is no such job of this model. If it was requested this second, ask again.")));
    }

    /** It stops between two steps, or never begins; the job itself tells when. */
    @DeleteMapping("/{jobId}")
    Mono<ResponseEntity<JobView>> cancel(
            @PathVariable String model, @PathVariable String jobId, ServerWebExchange exchange) {
        String by = ApiKeyFilter.holder(exchange).nameInWords();
        return find(model, jobId).flatMap(job -> {
            if (!(job.last() instanceof TrainingProgressed)) {
                throw new ApiException(HttpStatus.CONFLICT, "job-has-ended", "This job has ended already.");
            }
            return publisher
                    .publish(new TrainingCancelled(jobId, model, by, Instant.now()))
                    .thenReturn(ResponseEntity.accepted().body(job));
        });
    }
}
