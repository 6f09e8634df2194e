/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/** Train a new version of a model on the labelled pictures that are there when the job starts. */
public record TrainingRequested(String jobId, String model, Hyperparameters hyperparameters, Instant requestedAt)
        implements TrainingCommand {

    /**
     * @param epochs passes over the training pictures
     * @param batchSize pictures a step
     * @param learningRate at its peak
     * @param seed of weights, shuffling and augmentation
     */
    public record Hyperparameters(int epochs, int batchSize, double learningRate, long seed) {}
}
