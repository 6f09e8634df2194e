/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.schemas.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a model.
 *
 * @param champion the version that serves, if one does
 * @param previous what a rollback goes to, and the next one after that
 * @param decisions by version, the last of each
 * @param refusals by version, the last of each worker that does not serve it
 * @param settings absent when nobody has set any
 */
record ModelView(
        String name,
        @Nullable String champion,
        List<String> previous,
        List<ModelVersion> versions,
        Map<String, ModelRegistry.Decision> decisions,
        Map<String, List<ModelRegistry.Refusal>> refusals,
        @Nullable Settings settings) {

    /** @param by who said so last, for all of them */
    record Settings(
            @Nullable String recipe,
            @Nullable Integer inputSize,
            @Nullable PromotionPolicy policy,
            @Nullable Triggers triggers,
            String by,
            Instant at) {

        private static Settings of(ModelConfigured said) {
            return new Settings(said.recipe(), said.inputSize(), said.policy(), said.triggers(), said.by(), said.at());
        }
    }

    static ModelView of(ModelRegistry.Model model, @Nullable ModelConfigured settings) {
        return new ModelView(
                model.name(),
                model.championVersion(),
                model.candidates().stream().skip(1).map(ModelVersion::version).toList(),
                List.copyOf(model.versions().values()),
                model.decisions(),
                model.refusals(),
                settings == null ? null : Settings.of(settings));
    }
}
