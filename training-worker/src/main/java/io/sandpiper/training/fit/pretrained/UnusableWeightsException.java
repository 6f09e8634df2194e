/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import org.jspecify.annotations.Nullable;

/** Weights to begin with that are not there, or do not fit the recipe. The message says which, and what to do. */
public final class UnusableWeightsException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableWeightsException(String message) {
        this(message, null);
    }

    UnusableWeightsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
