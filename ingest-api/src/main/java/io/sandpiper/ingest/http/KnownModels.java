/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Models and versions by name, or the answer that there is none. Thread-safe. */
@Component
final class KnownModels {

    private final ModelRegistryReader registry;

    KnownModels(ModelRegistryReader ingestModelRegistry) {
        this.registry = ingestModelRegistry;
    }

    /** @throws ApiException when nobody knows it */
    ModelRegistry.Model model(String name) {
        ModelRegistry.Model known = registry.current().models().get(name);
        if (known == null) {
            throw new ApiException(
                    HttpStatus.NOT_FOUND,
                    "unknown-model",
                    "There is no model of that name. GET /v1/models lists them.");
        }
        return known;
    }

    /** @throws ApiException when nobody knows it */
    ModelVersion version(String model, String version) {
        ModelVersion known = model(model).versions().get(version);
        if (known == null) {
            throw new ApiException(
                    HttpStatus.NOT_FOUND,
                    "unknown-version",
                    "%s has no version %s. GET /v1/models/%s lists them.".formatted(model, version, model));
        }
        return known;
    }
}
