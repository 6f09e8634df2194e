/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a model as the API has them: read, changed here and there, and put back whole. Not thread-safe. */
final class ModelSettings {

    /** In the place of a value: nothing is set any more, and the training worker's own choice counts. */
    static final String DEFAULT = "default";

    private static final String TRIGGERS = "triggers";

    private final Map<String, Object> settings = new TreeMap<>();
    private final Map<String, Object> triggers = new TreeMap<>();

    /** @param read as JSON has it; null: there are none yet */
    ModelSettings(@Nullable Map<?, ?> read) {
        if (read != null) {
            copy(read, settings);
            if (settings.remove(TRIGGERS) instanceof Map<?, ?> nested) {
                copy(nested, triggers);
            }
        }
    }

    private static void copy(Map<?, ?> from, Map<String, Object> to) {
        from.forEach((name, value) -> to.put(String.valueOf(name), value));
    }

    /** @param value null: it stays as it is */
    void set(String name, @Nullable Object value) {
        change(settings, name, value);
    }

    /** As {@link #set}, of what starts a training. */
    void setTrigger(String name, @Nullable Object value) {
        change(triggers, name, value);
    }

    private static void change(Map<String, Object> map, String name, @Nullable Object value) {
        if (DEFAULT.equals(value)) {
            map.remove(name);
        } else if (value != null) {
            map.put(name, value);
        }
    }

    /** As the API takes it. */
    Map<String, Object> body() {
        Map<String, Object> body = new TreeMap<>(settings);
        if (!triggers.isEmpty()) {
            body.put(TRIGGERS, triggers);
        }
        return body;
    }

    /** @return a line for each that is set, or one that says that none is */
    List<String> lines(String model) {
        List<String> lines = new ArrayList<>();
        add(lines, "recipe", settings.get("recipe"));
        add(lines, "input size", settings.get("inputSize"));
        add(lines, "policy", settings.get("policy"));
        add(lines, "on a trigger", triggers.get("action"));
        add(lines, "accuracy floor", triggers.get("accuracyFloor"));
        Object drift = triggers.get("drift");
        add(lines, "drift", drift == null ? null : Boolean.TRUE.equals(drift) ? "on" : "off");
        add(lines, "new images", triggers.get("newImages"));
        add(lines, "every", triggers.get("every"));
        add(lines, "cooldown", triggers.get("cooldown"));
        add(lines, "budget", triggers.get("budget"));
        lines.add(0, lines.isEmpty() ? "%s: nothing is set.".formatted(model) : model + ":");
        return lines;
    }

    private static void add(List<String> lines, String name, @Nullable Object value) {
        if (value != null) {
            String shown = value.toString();
            boolean word = shown.equals(shown.toUpperCase(Locale.ROOT)) && shown.matches("[A-Z_]+");
            lines.add("  %-14s %s".formatted(name, word ? shown.toLowerCase(Locale.ROOT) : shown));
        }
    }
}
