/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.registry.Figures;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of one model, from one lane, in one slot of time come to.
 *
 * @param labels how many pictures each class was the answer to
 * @param workers who answered, by worker id
 */
record Slice(Figures figures, Map<String, Long> labels, Map<String, Work> workers) {

    /**
     * Of one worker.
     *
     * @param version that it answered with last; absent when no network saw any of these pictures
     * @param last when it answered last
     */
    record Work(long answers, @Nullable String version, Instant last) {

        Work plus(Work other) {
            boolean isLater = other.last.isBefore(last);
            Work later = isLater ? this : other;
            Work earlier = isLater ? other : this;
            return new Work(
                    answers + other.answers, later.version == null ? earlier.version : later.version, later.last);
        }
    }
}
