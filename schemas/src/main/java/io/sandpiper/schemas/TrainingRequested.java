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
 * @param width by how much the recipe's layers are widened; absent: as the input size
 * @param pretrained name of a file in the training workers' folder of pre-trained weights; absent: the recipe's
 */
public record TrainingRequested(
        String jobId,
        String model,
        @Nullable String recipe,
        @Nullable Integer inputSize,
        @Nullable Double width,
        @Nullable String pretrained,
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
     * @param headEpochs with pre-trained weights: the first epochs, in which only the last layer learns
     * @param unfrozenLayers with pre-trained weights: how many of the last layers with weights learn after that
     */
    public record Hyperparameters(
            @Nullable Integer epochs,
            @Nullable Integer batchSize,
            @Nullable Double learningRate,
            @Nullable Long seed,
            @Nullable Integer headEpochs,
            @Nullable Integer unfrozenLayers) {

        public static final Hyperparameters OF_THE_RECIPE = new Hyperparameters(null, null, null, null, null, null);
    }
}
