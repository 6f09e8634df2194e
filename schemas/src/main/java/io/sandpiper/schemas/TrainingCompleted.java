/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The job made a version.
 *
 * @param accuracy on the held-out pictures, 0 to 1; absent for an imported version, which is not evaluated
 * @param promoted whether it serves now
 * @param decision why, or why not, in a sentence with the numbers
 * @param fitted how fitting ended; absent for an imported version
 * @param warnings what was found among the labelled pictures, a sentence each; absent for an imported version
 */
public record TrainingCompleted(
        String jobId,
        String model,
        String version,
        @Nullable Double accuracy,
        boolean promoted,
        String decision,
        @Nullable Fitted fitted,
        @Nullable List<String> warnings,
        Instant at)
        implements TrainingEvent {

    public TrainingCompleted {
        warnings = warnings == null ? null : List.copyOf(warnings);
    }

    /**
     * How fitting ended.
     *
     * @param epochs passes over the training pictures
     * @param keptEpoch after which of them the version's weights were as they are
     * @param stopped why there were fewer epochs than asked for, in a sentence; absent: there were not
     */
    public record Fitted(
            int epochs, int keptEpoch, @Nullable String stopped) {}
}
