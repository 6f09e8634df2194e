/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.fetch;

/** The picture cannot be had, now or later. The message is for people. */
public final class PictureUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public PictureUnavailableException(String message) {
        super(message);
    }
}
