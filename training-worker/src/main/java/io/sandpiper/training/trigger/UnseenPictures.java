/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.dataset.firewall.DatasetFirewall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How many labelled pictures a model's newest version has not learned from. Counting reads all that is known of labelled
 * pictures, so a count holds for some looks. Belongs to one thread.
 */
@Component
final class UnseenPictures {

    private static final int LOOKS = 6;

    private final DatasetFirewall datasets;
    private final Duration holds;
    private final Map<String, Counted> counted = new HashMap<>();

    private record Counted(@Nullable String digest, long count, Instant at) {}

    UnseenPictures(TrainingProperties properties, DatasetFirewall datasets) {
        this.datasets = datasets;
        this.holds = properties.triggers().interval().multipliedBy(LOOKS);
    }

    /** Whether the newest version was promoted or not: what is known to be no better would be trained again and again. */
    long of(ModelRegistry.Model model) {
        String digest = model.versions().values().stream()
                .reduce((older, newer) -> newer)
                .map(ModelVersion::datasetDigest)
                .orElse(null);
        Counted last = counted.get(model.name());
        Instant now = Instant.now();
        if (last == null
                || !Objects.equals(last.digest(), digest)
                || last.at().plus(holds).isBefore(now)) {
            last = new Counted(digest, datasets.unseen(model.name(), digest), now);
            counted.put(model.name(), last);
        }
        return last.count();
    }
}
