/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** What people may call things. Model names appear in addresses and object keys, so they are plain; labels are text. */
public final class Names {

    private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int LABEL_LENGTH = 255;

    private Names() {}

    public static boolean isModelName(String name) {
        return MODEL.matcher(name).matches();
    }

    /** A file in a folder of ours: no path, nothing hidden. */
    public static boolean isFileName(String name) {
        return FILE.matcher(name).matches();
    }

    /** One way to write each label, so that é and e + accent are one class. */
    public static String normalizeLabel(String label) {
        return Normalizer.normalize(label.strip(), Normalizer.Form.NFC);
    }

    /** @param label normalized */
    public static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.codePointCount(0, label.length()) <= LABEL_LENGTH
                && label.codePoints().noneMatch(Character::isISOControl);
    }
}
