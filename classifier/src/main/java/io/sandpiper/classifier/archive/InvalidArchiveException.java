/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import org.jspecify.annotations.Nullable;

/** The archive is not what its manifest or its event says. It must not serve. */
public final class InvalidArchiveException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidArchiveException(String message) {
        this(message, null);
    }

    public InvalidArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
