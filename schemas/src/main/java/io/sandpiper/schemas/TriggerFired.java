/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * There is a reason to train a model again.
 *
 * @param version that served then; absent when none did
 * @param action what came of it
 * @param jobId the training; absent when it is only suggested
 * @param reason a sentence with the numbers, and why nothing was started where it might have been
 */
public record TriggerFired(
        String model,
        @Nullable String version,
        Kind kind,
        Action action,
        @Nullable String jobId,
        String reason,
        Instant at) {

    /** Which reason. */
    public enum Kind {
        /** Too few of its answers are right, as people say. */
        ACCURACY,
        /** What it is given no longer looks like what it was judged on. */
        DRIFT,
        /** There are labelled pictures that it has not learned from. */
        NEW_IMAGES,
        /** It is time. */
        SCHEDULE
    }

    /** What came of it. */
    public enum Action {
        STARTED,
        SUGGESTED
    }
}
