/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Train a new version of a model on the labelled pictures that are there when the job starts.
 *
 * @param recipe architecture by name; absent: the champion's
 * @param inputSize height and width of what the network sees, in pixels; absent: the champion's where it has the same
 *     recipe, else the recipe's
 */
public record TrainingRequested(
        String jobId,
        String model,
        @Nullable String recipe,
        @Nullable Integer inputSize,
        Hyperparameters hyperparameters,
        Instant requestedAt)
        implements TrainingCommand {

    /**
     * What is absent is the recipe's own choice.
     *
     * @param epochs passes over the training pictures
     * @param batchSize pictures a step
     * @param learningRate at its peak
     * @param seed of weights, shuffling and augmentation
     */
    public record Hyperparameters(
            @Nullable Integer epochs,
            @Nullable Integer batchSize,
            @Nullable Double learningRate,
            @Nullable Long seed) {

        public static final Hyperparameters OF_THE_RECIPE = new Hyperparameters(null, null, null, null);
    }
}
