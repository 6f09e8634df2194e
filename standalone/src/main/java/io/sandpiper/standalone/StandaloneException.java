/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import org.jspecify.annotations.Nullable;

/** It cannot start, and the message is the one line that the person at the terminal gets to read. */
final class StandaloneException extends Exception {

    private static final long serialVersionUID = 1L;

    StandaloneException(String message) {
        this(message, null);
    }

    StandaloneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
