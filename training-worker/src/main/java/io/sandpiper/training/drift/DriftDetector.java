/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.ServingObserved;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.TrainingProperties.Drift;
import io.sandpiper.training.publish.EventPublisher;
import io.sandpiper.training.publish.StoredModels;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Drift settings;
    private final ModelRegistryReader registry;
    private final StoredModels stored;
    private final EventPublisher publisher;
    private final Map<String, Followed> versions = new HashMap<>();

    /** @param lookedAt when its profile was looked for last */
    private record Followed(VersionDrift drift, Instant lookedAt) {

        /** It may have been evaluated since. */
        boolean isDue(Instant now) {
            return drift.isProvisional() && lookedAt.plus(LOOK_AGAIN).isBefore(now);
        }
    }

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
        Followed followed = versions.get(observed.key());
        if (followed == null || followed.isDue(observed.at())) {
            followed = open(observed, followed);
        }
        if (followed != null) {
            versions.put(observed.key(), followed);
            boolean before = followed.drift().isDrifting();
            followed.drift().add(observed).ifPresent(measured -> tell(measured, before));
        }
    }

    private void tell(DriftMeasured measured, boolean before) {
        publisher.publish(measured);
        if (measured.drifted() && !before) {
            LOG.warn("{} {} drifts: {}", measured.model(), measured.version(), measured.sentence());
        } else if (before && !measured.drifted()) {
            LOG.info("{} {} no longer drifts: {}", measured.model(), measured.version(), measured.sentence());
        }
    }

    /** Null when it cannot be followed yet. */
    private @Nullable Followed open(ServingObserved observed, @Nullable Followed before) {
        ModelVersion version =
                registry.current().model(observed.model()).versions().get(observed.version());
        if (version == null) {
            return null;
        }
        try {
            ServingProfile heldOut = stored.profile(version).orElse(null);
            return new Followed(
                    before != null && heldOut == null ? before.drift() : new VersionDrift(settings, heldOut),
                    observed.at());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The profile of {} cannot be read yet: {}", observed.key(), e.toString());
            return before;
        }
    }
}
