/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import java.util.Arrays;

/** Names of entries: shown to people, and nothing else. */
final class EntryNames {

    private static final int MAX_LENGTH = 255;

    private EntryNames() {}

    /** Whether it is a plain relative path, as an honest archive has it. */
    static boolean isSafe(String name) {
        return !name.isEmpty()
                && !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf(':') != 1
                && name.chars().noneMatch(Character::isISOControl)
                && Arrays.stream(name.split("/")).noneMatch(".."::equals);
    }

    /** On one line, and not longer than people read. */
    static String shown(String name) {
        String printable = name.codePoints()
                .map(c -> Character.isISOControl(c) ? '\ufffd' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() <= MAX_LENGTH ? printable : printable.substring(0, MAX_LENGTH);
    }
}
