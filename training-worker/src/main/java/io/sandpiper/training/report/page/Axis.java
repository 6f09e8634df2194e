/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.training.report.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * From one number to another, with round ones between.
 *
 * @param finest between two of them there is no less than that
 */
record Axis(String name, double from, double to, double finest) {

    private static final int MOST_TICKS = 6;

    Axis(String name, double from, double to) {
        this(name, from, to, 0);
    }

    /** Of things that have no parts. */
    static Axis whole(String name, int from, int to) {
        return new Axis(name, from, to, 1);
    }

    static Axis share(String name) {
        return new Axis(name, 0, 1);
    }

    /** From 0 to the next round number. */
    static Axis upTo(String name, double most) {
        Axis axis = new Axis(name, 0, most > 0 ? most : 1);
        return new Axis(name, 0, axis.step() * Math.ceil(axis.to / axis.step()));
    }

    /** 1, 2 or 5 times a power of ten. */
    private double step() {
        double rough = Math.max(finest, (to - from) / (MOST_TICKS - 1));
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double leading = rough / power;
        return power * (leading <= 1.001 ? 1 : leading <= 2.001 ? 2 : leading <= 5.001 ? 5 : 10);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        double step = step();
        for (long i = (long) Math.ceil(from / step - 1e-6); i * step <= to + step * 1e-6; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    String label(double tick) {
        return Numbers.fixed(tick, (int) Math.max(0, -Math.floor(Math.log10(step()) + 1e-6)));
    }
}
