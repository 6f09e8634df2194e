/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.util.Map;
import java.util.TreeMap;

/** Options of a training that are more than one value, as the API takes them. */
final class TrainOptions {

    private static final String NONE = "none";

    private TrainOptions() {}

    /** @throws CliException when it is neither {@code none} nor {@code K=V,...} with numbers */
    static Object augmentation(String given) {
        if (given.equals(NONE)) {
            return NONE;
        }
        Map<String, Number> changes = new TreeMap<>();
        for (String change : given.split(",", -1)) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new CliException(
                        "--augmentation is none, or what is changed and by how much, such as rotation=10,zoom=0.1; not "
                                + given);
            }
            String value = change.substring(equals + 1).strip();
            changes.put(change.substring(0, equals).strip(), number("--augmentation " + change, value));
        }
        return changes;
    }

    /** @throws CliException when it is not {@code N} or {@code N:X} */
    static Map<String, Number> plateau(String given) {
        int colon = given.indexOf(':');
        Map<String, Number> plateau = new TreeMap<>();
        plateau.put("patience", number("--plateau", colon < 0 ? given : given.substring(0, colon)));
        if (colon >= 0) {
            plateau.put("factor", number("--plateau", given.substring(colon + 1)));
        }
        return plateau;
    }

    /** A whole one where it is written like that: some are counted, some are measured. */
    static Number number(String option, String value) {
        try {
            if (value.matches("-?\\d{1,9}")) {
                return Integer.valueOf(value);
            }
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            throw new CliException("%s: %s is no number".formatted(option, value));
        }
    }
}
