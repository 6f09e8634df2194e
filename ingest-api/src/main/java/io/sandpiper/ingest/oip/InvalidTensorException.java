/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.oip;

/** A request that cannot be understood. The message says what to send instead. */
public final class InvalidTensorException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidTensorException(String message) {
        super(message);
    }
}
