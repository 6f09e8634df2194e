/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.training.dataset.InsufficientMemoryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a job failed because the machine has too little of something, and what to do then. */
final class Shortage {

    private static final String MORE_MEMORY =
            "Train with a smaller batch size or input size, or give the worker more memory: its heap (-Xmx, SANDPIPER_HEAP) "
                    + "or native memory (SANDPIPER_MAX_MEMORY).";
    /** What ND4J and JavaCPP say when native memory cannot be had; they do not always throw an error for it. */
    private static final List<String> NO_MEMORY = List.of("Allocation failed", "Failed to allocate", "std::bad_alloc");
    /** Linux, Windows, a quota, and S3 servers that tell of their own disks. */
    private static final List<String> NO_DISK = List.of(
            "No space left on device",
            "There is not enough space on the disk",
            "Disk quota exceeded",
            "minimum free drive threshold",
            "Insufficient Storage");

    private static final int MAX_CAUSES = 32;

    private Shortage() {}

    /** Null when it failed for another reason. */
    static @Nullable Reason of(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof InsufficientMemoryException) {
                return new Reason("out-of-memory", message);
            }
            if (cause instanceof OutOfMemoryError || contains(message, NO_MEMORY)) {
                return new Reason(
                        "out-of-memory",
                        "It needs more memory than the training worker has (%s). %s".formatted(message, MORE_MEMORY));
            }
            if (contains(message, NO_DISK)) {
                return new Reason(
                        "out-of-disk",
                        "There is no room left on a disk (%s). Make some, then train again.".formatted(message));
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static boolean contains(String message, List<String> parts) {
        return parts.stream().anyMatch(message::contains);
    }
}
