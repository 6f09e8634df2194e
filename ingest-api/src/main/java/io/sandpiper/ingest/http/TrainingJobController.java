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
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
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

/** Asks for trainings, and tells how they get on. */
@RestController
@RequestMapping("/v1/models/{model}/training-jobs")
final class TrainingJobController {

    private static final int MAX_EPOCHS = 10_000;
    private static final int MAX_BATCH = 4096;
    /** Pixels a side: less leaves nothing after a network's pools, more belongs on other machines. */
    private static final int MIN_INPUT = 16;

    private static final int MAX_INPUT = 512;

    private static final double MIN_WIDTH = 0.1;
    private static final double MAX_WIDTH = 4;

    private final Publisher publisher;
    private final TransactionalPublisher commands;
    private final Results results;

    TrainingJobController(Publisher publisher, TransactionalPublisher commands, Results results) {
        this.publisher = publisher;
        this.commands = commands;
        this.results = results;
    }

    /** What is left out is the recipe's choice; without a recipe it is the champion's. */
    record JobRequest(
            @Nullable String recipe,
            @Nullable Integer inputSize,
            @Nullable Double width,
            @Nullable String pretrained,
            @Nullable Integer epochs,
            @Nullable Integer batchSize,
            @Nullable Double learningRate,
            @Nullable Long seed,
            @Nullable Integer headEpochs,
            @Nullable Integer unfrozenLayers) {

        static final JobRequest OF_THE_RECIPE =
                new JobRequest(null, null, null, null, null, null, null, null, null, null);

        Hyperparameters hyperparameters() {
            require(
                    inputSize == null || (inputSize >= MIN_INPUT && inputSize <= MAX_INPUT),
                    "inputSize is from %d to %d".formatted(MIN_INPUT, MAX_INPUT));
            require(epochs == null || (epochs >= 1 && epochs <= MAX_EPOCHS), "epochs is from 1 to " + MAX_EPOCHS);
            require(
                    batchSize == null || (batchSize >= 1 && batchSize <= MAX_BATCH),
                    "batchSize is from 1 to " + MAX_BATCH);
            require(
                    learningRate == null || (learningRate > 0 && learningRate <= 1),
                    "learningRate is above 0 and at most 1");
            require(
                    width == null || (width >= MIN_WIDTH && width <= MAX_WIDTH),
                    "width is from %s to %s".formatted(MIN_WIDTH, MAX_WIDTH));
            require(
                    pretrained == null || Names.isFileName(pretrained),
                    "pretrained is the name of a file in the training workers' folder: letters, digits, . _ -");
            require(
                    headEpochs == null || (headEpochs >= 0 && headEpochs <= MAX_EPOCHS),
                    "headEpochs is from 0 to " + MAX_EPOCHS);
            require(unfrozenLayers == null || unfrozenLayers >= 0, "unfrozenLayers is 0 or more");
            return new Hyperparameters(epochs, batchSize, learningRate, seed, headEpochs, unfrozenLayers);
        }

        private static void require(boolean holds, String rule) {
            if (!holds) {
                throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-hyperparameters", rule + ".");
            }
        }
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
            throw new ApiException(HttpStatus.NOT_FOUND, "unknown-model", "There is no model of that name.");
        }
        JobRequest wanted = request == null ? JobRequest.OF_THE_RECIPE : request;
        String jobId = UUID.randomUUID().toString();
        return commands.publish(new TrainingRequested(
                        jobId,
                        model,
                        wanted.recipe(),
                        wanted.inputSize(),
                        wanted.width(),
                        wanted.pretrained(),
                        wanted.hyperparameters(),
                        Instant.now()))
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
