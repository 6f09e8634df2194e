/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.schemas.ModelEvent;
import io.sandpiper.schemas.ModelPromoted;
import io.sandpiper.schemas.ModelPublished;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job made. None of it has been told yet.
 *
 * @param versions what happened to the version, where it made one
 * @param tidyUp what is of no use any more once it has been told
 */
record JobResult(List<ModelEvent> versions, TrainingEvent ending, Runnable tidyUp) {

    JobResult {
        versions = List.copyOf(versions);
    }

    /** No version, and nothing to tidy up. */
    static JobResult of(TrainingEvent ending) {
        return new JobResult(List.of(), ending, () -> {});
    }

    static JobResult of(
            ModelVersion version, boolean promote, String reason, TrainingCompleted completed, Runnable tidyUp) {
        List<ModelEvent> events = new ArrayList<>();
        events.add(new ModelPublished(version, reason, Instant.now()));
        if (promote) {
            events.add(new ModelPromoted(version, reason, Instant.now()));
        }
        return new JobResult(events, completed, tidyUp);
    }
}
