/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

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
 * How many labelled pictures a model has not learned from. Counting reads all that is known of labelled
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

    /** @param digest of the snapshot that it learned from last; null: it has learned from none */
    long of(String model, @Nullable String digest) {
        Counted last = counted.get(model);
        Instant now = Instant.now();
        if (last == null
                || !Objects.equals(last.digest(), digest)
                || last.at().plus(holds).isBefore(now)) {
            last = new Counted(digest, datasets.unseen(model, digest), now);
            counted.put(model, last);
        }
        return last.count();
    }
}
