/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A labelled picture lies in the object store.
 *
 * @param sha256 hex, of the stored bytes
 * @param split where the sender wants it; absent leaves it to the picture's hash
 * @param bytes size of the stored object
 */
public record TrainingImageAccepted(
        String model,
        String sha256,
        String label,
        @Nullable Split split,
        String objectKey,
        String contentType,
        int width,
        int height,
        long bytes,
        Instant acceptedAt) {

    public String key() {
        return model + "/" + sha256;
    }

    public enum Split {
        TRAIN,
        TEST
    }
}
