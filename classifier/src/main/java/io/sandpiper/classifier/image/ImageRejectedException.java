/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.image;

import java.util.Locale;

/** The picture is at fault, and trying again will not help. The message is for the person who sent it. */
public final class ImageRejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Code code;

    ImageRejectedException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** Why, for programs. */
    public enum Code {
        EMPTY_IMAGE,
        NOT_AN_IMAGE,
        UNSUPPORTED_IMAGE,
        IMAGE_TOO_LARGE,
        TRUNCATED_IMAGE,
        CORRUPT_IMAGE;

        /** Stable, as it appears in problems and results: {@code not-an-image}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
