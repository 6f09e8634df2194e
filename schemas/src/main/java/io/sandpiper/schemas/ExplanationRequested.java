/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import io.sandpiper.schemas.PredictionCompleted.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A heat map is wanted of what speaks for a class in a picture that was answered.
 *
 * @param modelVersion that answered, and explains itself
 * @param label the class, one of the version's
 * @param source where the picture lies in Kafka
 * @param until when nobody waits for it any more
 */
public record ExplanationRequested(
        String predictionId,
        String model,
        String modelVersion,
        String label,
        Source source,
        Instant requestedAt,
        Instant until) {

    /** Hex: the same for whoever wants to know the same. An id of another system may come again for another picture. */
    public String explanationId() {
        return Sha256.of("%s\n%s\n%s\n%s %d %d\n%s"
                .formatted(
                        predictionId, model, modelVersion, source.topic(), source.partition(), source.offset(), label)
                .getBytes(StandardCharsets.UTF_8));
    }
}
