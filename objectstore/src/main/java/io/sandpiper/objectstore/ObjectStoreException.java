/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import org.jspecify.annotations.Nullable;

/** The store refused, or could not be reached. */
public final class ObjectStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ObjectStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
