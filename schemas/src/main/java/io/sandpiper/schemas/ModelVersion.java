/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model, and where its archive lies.
 *
 * @param version counts from 1 within the model
 * @param parent the champion it was meant to follow
 * @param labels the classes, in the order of the network's outputs
 * @param manifestKey of the manifest in the object store; the other parts lie beside it
 * @param manifestSha256 hex; the manifest in turn has the sha256 of every part
 * @param metrics by name, such as {@code accuracy}; fractions, not percent
 * @param datasetDigest of the snapshot it was trained on; absent when it was not trained here
 * @param jobId the training job that made it; absent when it was imported
 * @param signature Ed25519, base64, of {@link #signedBytes}; absent when the trainer has no key
 */
public record ModelVersion(
        String model,
        String version,
        @Nullable String parent,
        List<String> labels,
        String manifestKey,
        String manifestSha256,
        Map<String, Double> metrics,
        @Nullable String datasetDigest,
        @Nullable String jobId,
        @Nullable String signature,
        Instant createdAt) {

    /** Name of the metric: the share of the held-out pictures that it had right. */
    public static final String ACCURACY = "accuracy";

    public ModelVersion {
        labels = List.copyOf(labels);
        metrics = Map.copyOf(metrics);
    }

    /** What is signed: this version's name and, by way of the manifest's hash, every byte of its archive. */
    public byte[] signedBytes() {
        return "sandpiper model version\n%s\n%s\n%s"
                .formatted(model, version, manifestSha256)
                .getBytes(StandardCharsets.UTF_8);
    }

    public ModelVersion withSignature(String newSignature) {
        return new ModelVersion(
                model,
                version,
                parent,
                labels,
                manifestKey,
                manifestSha256,
                metrics,
                datasetDigest,
                jobId,
                newSignature,
                createdAt);
    }
}
