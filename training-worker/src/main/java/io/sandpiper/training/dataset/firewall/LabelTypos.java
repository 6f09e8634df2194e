/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.schemas.DatasetCheck.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels that are likely another one of the labels, written differently. */
final class LabelTypos {

    /** How much more frequent the right one must be, where letters differ. */
    private static final int RATIO = 20;
    /** Letters from which on one may be wrong, and two. */
    private static final int LONG_ENOUGH_FOR_ONE = 3;

    private static final int LONG_ENOUGH_FOR_TWO = 7;

    private LabelTypos() {}

    /** @param counts pictures a label */
    static List<Example> find(Map<String, Long> counts) {
        List<Example> typos = new ArrayList<>();
        counts.forEach((label, count) -> {
            String meant = meant(label, count, counts);
            if (meant != null) {
                typos.add(new Example(null, label, meant, null, null, null));
            }
        });
        typos.sort(Comparator.comparing(Example::label));
        return typos;
    }

    /** The most frequent of those that it may be; null: it stands for itself. */
    private static @Nullable String meant(String label, long count, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(label) && isTypo(label, count, other.getKey(), other.getValue()))
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static boolean isTypo(String label, long count, String other, long otherCount) {
        String letters = letters(label);
        String otherLetters = letters(other);
        if (letters.equals(otherLetters)) {
            return count < otherCount || (count == otherCount && label.compareTo(other) > 0);
        }
        // "part 1" and "part 2" are no typos of each other.
        if (count * RATIO > otherCount || !digits(label).equals(digits(other))) {
            return false;
        }
        int length = Math.min(letters.length(), otherLetters.length());
        int allowed = length >= LONG_ENOUGH_FOR_TWO ? 2 : length >= LONG_ENOUGH_FOR_ONE ? 1 : 0;
        return Math.abs(letters.length() - otherLetters.length()) <= allowed
                && distance(letters, otherLetters) <= allowed;
    }

    private static String letters(String label) {
        return label.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
    }

    private static String digits(String label) {
        return label.replaceAll("\\D", "");
    }

    /** Letters to insert, delete, replace, or swap with their neighbour: F. Damerau, 1964, each place touched once. */
    static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[one.length()][other.length()];
    }
}
