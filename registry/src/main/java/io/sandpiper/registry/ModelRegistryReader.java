/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.Topics;
import java.util.Map;

/** The model registry, as {@code model-events} tells it. */
public final class ModelRegistryReader extends LogView<ModelRegistry, ModelEvent> {

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public ModelRegistryReader(Map<String, Object> kafka) {
        super(kafka, Topics.MODEL_EVENTS, ModelRegistry.EMPTY, ModelRegistry::with);
    }
}
