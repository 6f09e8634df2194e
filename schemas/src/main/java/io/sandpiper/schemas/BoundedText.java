/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

/** Text that somebody else wrote, and that is kept by many: not longer than it has to be. */
public final class BoundedText {

    /** In code points. */
    public static final int LENGTH = 200;

    private BoundedText() {}

    /** The text, or its beginning where it is too long. */
    public static String of(String text) {
        return isBounded(text) ? text : text.substring(0, text.offsetByCodePoints(0, LENGTH - 1)) + "…";
    }

    /** @throws IllegalArgumentException when there is none, or one is too long */
    static void require(String... texts) {
        for (String text : texts) {
            if (text == null || !isBounded(text)) {
                throw new IllegalArgumentException(
                        "a text is missing, or has more than %d characters".formatted(LENGTH));
            }
        }
    }

    private static boolean isBounded(String text) {
        return text.codePointCount(0, text.length()) <= LENGTH;
    }
}
