/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.dataset.DatasetSummary;
import io.sandpiper.ingest.dataset.Datasets;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a model learns from. */
@RestController
final class DatasetController {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Datasets datasets;

    DatasetController(Datasets datasets) {
        this.datasets = datasets;
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
}
