/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.Topics;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The settings of models, as {@code model-settings} tells them: by model, in alphabetical order. */
public final class ModelSettingsReader extends LogView<Map<String, ModelConfigured>, ModelConfigured> {

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public ModelSettingsReader(Map<String, Object> kafka) {
        super(kafka, Topics.MODEL_SETTINGS, Map.of(), ModelSettingsReader::with);
    }

    /** The last that is said of a model counts, whole. */
    static Map<String, ModelConfigured> with(Map<String, ModelConfigured> settings, ModelConfigured said) {
        Map<String, ModelConfigured> next = new TreeMap<>(settings);
        next.put(said.model(), said);
        return Collections.unmodifiableMap(next);
    }
}
