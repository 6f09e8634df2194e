/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.dataset.DatasetSummary;
import io.sandpiper.ingest.dataset.Datasets;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Names;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What a model learns from. */
@RestController
final class DatasetController {

    private static final Duration SOON = Duration.ofSeconds(1);

    private static final long MAX_CHECK_BYTES = 16 << 20;

    private final Datasets datasets;
    private final ObjectStore store;
    private final Scheduler blockingCalls;

    DatasetController(Datasets datasets, ObjectStore store, Scheduler blockingCalls) {
        this.datasets = datasets;
        this.store = store;
        this.blockingCalls = blockingCalls;
    }

    @GetMapping("/v1/models/{model}/dataset")
    DatasetSummary summary(@PathVariable String model) {
        if (!datasets.isCaughtUp()) {
            throw ApiException.unavailable(
                    "dataset-restoring", "The log of labelled pictures is being read. Ask again.", SOON);
        }
        return datasets.summary(model)
                .orElseThrow(() -> new ApiException(
                        HttpStatus.NOT_FOUND,
                        "unknown-dataset",
                        "There are no labelled pictures for a model of that name."));
    }

    /** What a training found among the pictures. */
    @GetMapping("/v1/models/{model}/datasets/{digest}/check")
    Mono<ResponseEntity<byte[]>> check(@PathVariable String model, @PathVariable String digest) {
        if (!Names.isModelName(model) || !digest.matches("[0-9a-f]{64}")) {
            throw unknownCheck();
        }
        return Mono.fromCallable(() -> store.get(ObjectKeys.datasetCheck(model, digest), MAX_CHECK_BYTES))
                .subscribeOn(blockingCalls)
                .map(check -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(check.orElseThrow(DatasetController::unknownCheck)));
    }

    private static ApiException unknownCheck() {
        return new ApiException(
                HttpStatus.NOT_FOUND,
                "unknown-dataset",
                "No data set of that digest was looked through. GET /v1/models/MODEL names those of its versions.");
    }
}
