/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import java.util.Optional;
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
            throw unknown();
        }
        return known;
    }

    /** @throws ApiException when no version of it serves */
    void requireServing(String name) {
        if (registry.current().champion(name) == null) {
            throw unknownModel("There is no model of that name in service. GET /v1/models lists them.");
        }
    }

    /** @throws ApiException when nobody knows it */
    ModelVersion version(String model, String version) {
        return Optional.ofNullable(model(model).versions().get(version))
                .orElseThrow(() -> new ApiException(
                        HttpStatus.NOT_FOUND,
                        "unknown-version",
                        "%s has no version %s. GET /v1/models/%s lists them.".formatted(model, version, model)));
    }

    /** Empty when it is not known, or not yet: a worker may serve it before this instance has read of it. */
    Optional<ModelVersion> find(String model, String version) {
        return Optional.ofNullable(registry.current().models().get(model))
                .map(known -> known.versions().get(version));
    }

    /** For a name that no model could have, too. */
    static ApiException unknown() {
        return unknownModel("There is no model of that name. GET /v1/models lists them.");
    }

    private static ApiException unknownModel(String detail) {
        return new ApiException(HttpStatus.NOT_FOUND, "unknown-model", detail);
    }
}
