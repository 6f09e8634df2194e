/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model archive is: read first, believed only after its own sha256 was compared with the version event's.
 *
 * @param labels the classes, in the order of the network's outputs
 * @param logits whether the network leaves the softmax to us; absent: it does not
 * @param engine what runs it: onnx or dl4j
 * @param engineReason why it is not the default engine; absent when it is
 * @param recipe the architecture and its settings, by name
 * @param width by how much the recipe's layers were widened; absent: not at all
 * @param datasetDigest of the snapshot it was trained on; absent when unknown
 * @param metrics on the held-out pictures, by name; fractions, not percent
 * @param origin where the weights come from, in a sentence
 * @param parts the other files of the archive, by name
 */
public record ModelManifest(
        String model,
        String version,
        @Nullable String parent,
        List<String> labels,
        Input input,
        @Nullable Boolean logits,
        String engine,
        @Nullable String engineReason,
        String recipe,
        @Nullable Double width,
        @Nullable String datasetDigest,
        Map<String, Double> metrics,
        String origin,
        Map<String, Part> parts,
        @Nullable String jobId,
        Instant createdAt) {

    public ModelManifest {
        labels = List.copyOf(labels);
        metrics = Map.copyOf(metrics);
        parts = Map.copyOf(parts);
    }

    /** Whether the network's outputs are not probabilities yet. */
    public boolean hasLogits() {
        return Boolean.TRUE.equals(logits);
    }

    /**
     * How a picture becomes a tensor of shape [channels, height, width].
     *
     * @param channels 1 (luminance) or 3 (red, green, blue)
     * @param mean one for each channel, of values scaled to 0..1: x = (byte / 255 - mean) / std
     * @param std one for each channel
     */
    public record Input(int channels, int height, int width, List<Double> mean, List<Double> std) {

        public Input {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }
    }

    /** @param sha256 hex */
    public record Part(String sha256, long bytes) {}
}
