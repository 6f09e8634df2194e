/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.publish.TransactionalPublisher;
import io.sandpiper.ingest.upload.ModelFiles;
import io.sandpiper.ingest.upload.ModelFiles.ModelFile;
import io.sandpiper.schemas.ModelImportRequested;
import io.sandpiper.schemas.Names;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes networks that were trained elsewhere: first the file, then what it is. A training worker looks at both. */
@RestController
@RequestMapping("/v1/models/{model}")
final class ModelImportController {

    private static final int MAX_CLASSES = 100_000;
    private static final int MAX_INPUT = 1024;
    private static final List<Double> ZERO = List.of(0.0);
    private static final List<Double> ONE = List.of(1.0);

    private final IngestProperties properties;
    private final ModelFiles files;
    private final TransactionalPublisher commands;

    ModelImportController(IngestProperties properties, ModelFiles files, TransactionalPublisher commands) {
        this.properties = properties;
        this.files = files;
        this.commands = commands;
    }

    /**
     * What the file is.
     *
     * @param sha256 as the upload was answered
     * @param labels in the order of the network's outputs
     * @param inputSize pixels a side; only where the network leaves it open
     * @param mean of values scaled to 0..1: one a channel, or one for all; absent: 0
     * @param std as the mean; absent: 1
     * @param promote whether it is to serve though another version does; absent: no
     */
    record ImportRequest(
            @Nullable String sha256,
            @Nullable List<String> labels,
            @Nullable Integer inputSize,
            @Nullable List<Double> mean,
            @Nullable List<Double> std,
            @Nullable Boolean promote) {

        ModelImportRequested toCommand(String jobId, String model) {
            String file = sha256 == null ? "" : sha256;
            require(file.matches("[0-9a-f]{64}"), "sha256 is that of the uploaded file: 64 hex digits");
            List<String> classes = labels == null
                    ? List.of()
                    : labels.stream().map(Names::normalizeLabel).toList();
            require(classes.size() >= 2 && classes.size() <= MAX_CLASSES, "labels are 2 to " + MAX_CLASSES);
            require(classes.stream().allMatch(Names::isLabel), "a label has 1 to 255 printable characters");
            require(new HashSet<>(classes).size() == classes.size(), "each label is there once");
            require(
                    inputSize == null || (inputSize >= 1 && inputSize <= MAX_INPUT),
                    "inputSize is from 1 to " + MAX_INPUT);
            List<Double> means = mean == null ? ZERO : mean;
            List<Double> stds = std == null ? ONE : std;
            require(isNumbers(means) && isNumbers(stds), "mean and std have 1 or 3 finite numbers");
            require(stds.stream().allMatch(s -> s > 0), "std is above 0");
            return new ModelImportRequested(
                    jobId, model, file, classes, inputSize, means, stds, Boolean.TRUE.equals(promote), Instant.now());
        }

        private static boolean isNumbers(List<Double> numbers) {
            return (numbers.size() == 1 || numbers.size() == 3)
                    && numbers.stream().allMatch(n -> n != null && Double.isFinite(n));
        }

        private static void require(boolean holds, String rule) {
            if (!holds) {
                throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-import", rule + ".");
            }
        }
    }

    @PostMapping(path = "/files", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    Mono<ResponseEntity<ModelFile>> upload(@PathVariable String model, ServerWebExchange exchange) {
        requireAllowed(model);
        return files.keep(exchange.getRequest().getBody())
                .map(file -> ResponseEntity.status(HttpStatus.CREATED).body(file))
                .onErrorMap(
                        DataBufferLimitException.class,
                        e -> new ApiException(
                                HttpStatus.CONTENT_TOO_LARGE,
                                "model-too-large",
                                "The file is larger than a network may be (%s)."
                                        .formatted(properties.maxModelBytes())));
    }

    @PostMapping("/imports")
    Mono<ResponseEntity<TrainingJobController.JobView>> request(
            @PathVariable String model, @RequestBody ImportRequest request) {
        requireAllowed(model);
        String jobId = UUID.randomUUID().toString();
        return commands.publish(request.toCommand(jobId, model))
                .then(Mono.fromSupplier(() -> TrainingJobController.JobView.accepted(model, jobId)));
    }

    private void requireAllowed(String model) {
        if (!properties.modelUpload()) {
            throw new ApiException(
                    HttpStatus.FORBIDDEN,
                    "model-upload-disabled",
                    "Networks cannot be sent in here: sandpiper.ingest.model-upload is off.");
        }
        ModelNames.require(model);
    }
}
