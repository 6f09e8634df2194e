/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.schemas.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Models and versions by name, or the answer that there is none. A model with settings is one, with versions or without. Thread-safe. */
@Component
final class KnownModels {

    private final ModelRegistryReader registry;
    private final ModelSettingsReader settings;

    KnownModels(ModelRegistryReader ingestModelRegistry, ModelSettingsReader ingestModelSettings) {
        this.registry = ingestModelRegistry;
        this.settings = ingestModelSettings;
    }

    boolean isKnown(String name) {
        return registry.current().models().containsKey(name)
                || settings.current().containsKey(name);
    }

    /** @throws ApiException when nobody knows it */
    ModelRegistry.Model model(String name) {
        if (!isKnown(name)) {
            throw unknown();
        }
        return registry.current().model(name);
    }

    /** @throws ApiException when nobody knows it */
    ModelView view(String name) {
        return ModelView.of(model(name), settings.current().get(name));
    }

    /** By name, in alphabetical order. */
    List<ModelView> views() {
        Set<String> names = new TreeSet<>(registry.current().models().keySet());
        names.addAll(settings.current().keySet());
        return names.stream().map(this::view).toList();
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
