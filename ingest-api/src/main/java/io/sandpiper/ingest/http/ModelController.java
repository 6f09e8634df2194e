/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The registry, for reading. */
@RestController
@RequestMapping("/v1/models")
final class ModelController {

    private final ModelRegistryReader registry;

    ModelController(ModelRegistryReader ingestModelRegistry) {
        this.registry = ingestModelRegistry;
    }

    /**
     * @param champion the version that serves, if one does
     * @param previous what a rollback goes to, and the next one after that
     */
    record ModelView(String name, @Nullable String champion, List<String> previous, List<ModelVersion> versions) {

        static ModelView of(ModelRegistry.Model model) {
            return new ModelView(
                    model.name(),
                    model.championVersion(),
                    model.candidates().stream()
                            .skip(1)
                            .map(ModelVersion::version)
                            .toList(),
                    List.copyOf(model.versions().values()));
        }
    }

    @GetMapping
    List<ModelView> list() {
        return registry.current().models().values().stream().map(ModelView::of).toList();
    }

    @GetMapping("/{model}")
    ModelView find(@PathVariable String model) {
        ModelRegistry.Model known = registry.current().models().get(model);
        if (known == null) {
            throw ApiException.unknownModel();
        }
        return ModelView.of(known);
    }
}
