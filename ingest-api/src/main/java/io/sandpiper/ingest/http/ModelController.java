/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The registry, for reading. */
@RestController
@RequestMapping("/v1/models")
final class ModelController {

    private static final long MAX_REPORT_BYTES = 16 << 20;

    private final ModelRegistryReader registry;
    private final KnownModels known;
    private final ObjectStore store;
    private final Scheduler blockingCalls;

    ModelController(
            ModelRegistryReader ingestModelRegistry, KnownModels known, ObjectStore store, Scheduler blockingCalls) {
        this.registry = ingestModelRegistry;
        this.known = known;
        this.store = store;
        this.blockingCalls = blockingCalls;
    }

    /**
     * @param champion the version that serves, if one does
     * @param previous what a rollback goes to, and the next one after that
     * @param decisions by version, the last of each
     */
    record ModelView(
            String name,
            @Nullable String champion,
            List<String> previous,
            List<ModelVersion> versions,
            Map<String, ModelRegistry.Decision> decisions) {

        static ModelView of(ModelRegistry.Model model) {
            return new ModelView(
                    model.name(),
                    model.championVersion(),
                    model.candidates().stream()
                            .skip(1)
                            .map(ModelVersion::version)
                            .toList(),
                    List.copyOf(model.versions().values()),
                    model.decisions());
        }
    }

    @GetMapping
    List<ModelView> list() {
        return registry.current().models().values().stream().map(ModelView::of).toList();
    }

    @GetMapping("/{model}")
    ModelView find(@PathVariable String model) {
        return ModelView.of(known.model(model));
    }

    /** How it did on pictures it never saw. */
    @GetMapping("/{model}/versions/{version}/report")
    Mono<ResponseEntity<byte[]>> report(@PathVariable String model, @PathVariable String version) {
        String key = ObjectKeys.report(model, known.version(model, version).version());
        return Mono.fromCallable(() -> store.get(key, MAX_REPORT_BYTES))
                .subscribeOn(blockingCalls)
                .map(report -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(report.orElseThrow(() -> new ApiException(
                                HttpStatus.NOT_FOUND, "no-report", "Nobody evaluated this version here."))));
    }
}
