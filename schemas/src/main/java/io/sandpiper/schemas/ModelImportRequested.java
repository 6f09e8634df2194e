/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Make a version of a network that was trained elsewhere and lies in the object store as an ONNX file.
 *
 * @param fileSha256 hex; names the uploaded file
 * @param labels the classes, in the order of the network's outputs
 * @param inputSize height and width, in pixels; needed where the network leaves them open
 * @param mean of values scaled to 0..1: one for each channel, or one for all
 * @param std as the mean
 * @param promote whether it is to serve even though another version does
 */
public record ModelImportRequested(
        String jobId,
        String model,
        String fileSha256,
        List<String> labels,
        @Nullable Integer inputSize,
        List<Double> mean,
        List<Double> std,
        boolean promote,
        Instant requestedAt)
        implements TrainingCommand {

    public ModelImportRequested {
        labels = List.copyOf(labels);
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }
}
