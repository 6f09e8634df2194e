/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of the page. Whatever a stranger may have named goes through {@link #text}. */
final class Html {

    private Html() {}

    /** For elements and for quoted attributes. */
    static String text(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** What a figure says; nothing when it says nothing. */
    static String reading(@Nullable String sentence) {
        return sentence == null ? "" : "<p class=\"reading\">" + text(sentence) + "</p>\n";
    }

    static String section(String title, String content) {
        return content.isEmpty() ? "" : "<section>\n<h2>" + text(title) + "</h2>\n" + content + "</section>\n";
    }

    static <T> Collector<T, ?, String> lines(Function<T, String> line) {
        return Collectors.mapping(line, Collectors.joining("\n"));
    }
}
