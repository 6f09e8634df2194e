/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

/** Nothing can be learned from these pictures. The message says what to do about it. */
public final class UnusableDatasetException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableDatasetException(String message) {
        super(message);
    }
}
