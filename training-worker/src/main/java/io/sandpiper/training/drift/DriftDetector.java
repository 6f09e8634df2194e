/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.ServingObserved;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.TrainingProperties.Drift;
import io.sandpiper.training.publish.EventPublisher;
import io.sandpiper.training.publish.StoredModels;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Follows what each version answers, and tells how far that is from its reference. Belongs to the listener's thread. */
@Component
public final class DriftDetector {

    private static final Logger LOG = LoggerFactory.getLogger(DriftDetector.class);

    private final Drift settings;
    private final ModelRegistryReader registry;
    private final StoredModels stored;
    private final EventPublisher publisher;
    private final Map<String, VersionDrift> versions = new HashMap<>();
    private final Map<String, Boolean> drifted = new HashMap<>();

    DriftDetector(
            TrainingProperties properties,
            ModelRegistryReader registry,
            StoredModels stored,
            EventPublisher publisher) {
        this.settings = properties.drift();
        this.registry = registry;
        this.stored = stored;
        this.publisher = publisher;
    }

    /** What cannot be held against anything now is passed over: the next ones will tell the same. */
    public void add(ServingObserved observed) {
        VersionDrift version = versions.get(observed.key());
        if (version == null) {
            version = open(observed);
            if (version == null) {
                return;
            }
            versions.put(observed.key(), version);
        }
        version.add(observed).ifPresent(this::tell);
    }

    private void tell(DriftMeasured measured) {
        publisher.publish(measured);
        boolean before = Boolean.TRUE.equals(drifted.put(measured.key(), measured.drifted()));
        if (measured.drifted() && !before) {
            LOG.warn("{} {} drifts: {}", measured.model(), measured.version(), measured.sentence());
        } else if (before && !measured.drifted()) {
            LOG.info("{} {} no longer drifts: {}", measured.model(), measured.version(), measured.sentence());
        }
    }

    private @Nullable VersionDrift open(ServingObserved observed) {
        ModelRegistry.Model model = registry.current().models().get(observed.model());
        ModelVersion version = model == null ? null : model.versions().get(observed.version());
        if (version == null) {
            return null;
        }
        try {
            return new VersionDrift(settings, stored.profile(version).orElse(null));
        } catch (IOException e) {
            LOG.warn("The profile of {} cannot be read yet: {}", observed.key(), e.toString());
            return null;
        }
    }
}
