/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says what a picture shows that a network has answered for. The last that is said of a prediction counts.
 *
 * @param predicted the label that was answered
 * @param probability of that, as it was answered
 * @param label what it shows
 * @param trainingImage sha256 of the training picture that it became; absent when it did not
 * @param by whose word it is
 */
public record LabelGiven(
        String predictionId,
        String model,
        String modelVersion,
        String predicted,
        double probability,
        String label,
        @Nullable String trainingImage,
        String by,
        Instant predictedAt,
        Instant at) {

    public boolean wasRight() {
        return predicted.equals(label);
    }
}
