/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** One line that is written over and over on a terminal, and a line a report elsewhere. */
final class ProgressBar {

    private static final int WIDTH = 24;
    /** Told by the launcher: Java itself cannot tell on every version. */
    private static final boolean TERMINAL = Boolean.getBoolean("sandpiper.terminal");

    private static final String CLEAR_LINE = "\r\u001b[K";

    private static final long NANOS_BETWEEN = 200_000_000;
    private static final int STEPS = 10;

    private final PrintWriter out;
    private String lastStep = "";
    private long lastShown;

    /** @param spec of the running command; picocli sets it before the command is called */
    ProgressBar(@Nullable CommandSpec spec) {
        this.out = Objects.requireNonNull(spec, "not called by picocli")
                .commandLine()
                .getOut();
    }

    /** @param done 0 to 1 */
    void show(String what, double done, String detail) {
        int filled = (int) Math.round(WIDTH * Math.max(0, Math.min(1, done)));
        String bar = "%-10s [%s%s] %3d %%  %s"
                .formatted(what, "#".repeat(filled), ".".repeat(WIDTH - filled), (int) (100 * done), detail);
        if (TERMINAL) {
            out.print(CLEAR_LINE + bar);
            out.flush();
        } else {
            out.println(bar);
        }
    }

    /**
     * For what is told very often: shown five times a second on a terminal, and elsewhere whenever a tenth is done.
     *
     * @param done 0 to 1
     */
    void showNowAndThen(String what, double done, String detail) {
        String step = what + (int) (STEPS * done);
        boolean due = TERMINAL && System.nanoTime() - lastShown > NANOS_BETWEEN;
        if (due || !step.equals(lastStep)) {
            show(what, done, detail);
            lastStep = step;
            lastShown = System.nanoTime();
        }
    }

    /** A line that stays. */
    void line(String text) {
        out.println(TERMINAL ? CLEAR_LINE + text : text);
    }
}
