/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {

    private Numbers() {}

    /** With one digit behind the point. */
    public static String percent(double fraction) {
        return fixed(100 * fraction, 1) + " %";
    }

    public static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** In groups of three from five digits on. */
    public static String count(long value) {
        return value < 10_000
                ? String.valueOf(value)
                : String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
    }

    /** "1 picture", "2 pictures". */
    public static String pictures(long value) {
        return count(value) + (value == 1 ? " picture" : " pictures");
    }
}
