/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.training.report.Numbers;
import java.util.List;

/** Two axes, and what is drawn between them, as SVG. */
record Plot(Axis horizontal, Axis vertical) {

    private static final int WIDTH = 440;
    private static final int HEIGHT = 330;
    private static final int LEFT = 56;
    private static final int RIGHT = 20;
    private static final int TOP = 10;
    private static final int BOTTOM = 46;

    double x(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - horizontal.from()) / (horizontal.to() - horizontal.from());
    }

    double y(double value) {
        return HEIGHT
                - BOTTOM
                - (HEIGHT - TOP - BOTTOM) * (value - vertical.from()) / (vertical.to() - vertical.from());
    }

    /**
     * The whole figure.
     *
     * @param name for those who cannot see it
     * @param content SVG; what is outside of the axes is cut off
     */
    String svg(String name, String content) {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
                .formatted(WIDTH, HEIGHT, Html.text(name)));
        for (double tick : horizontal.ticks()) {
            svg.append(line("grid", x(tick), y(vertical.from()), x(tick), y(vertical.to())));
            svg.append(label("middle", x(tick), HEIGHT - BOTTOM + 17.0, horizontal.label(tick)));
        }
        for (double tick : vertical.ticks()) {
            svg.append(line("grid", x(horizontal.from()), y(tick), x(horizontal.to()), y(tick)));
            svg.append(label("end", LEFT - 7.0, y(tick) + 4, vertical.label(tick)));
        }
        svg.append(label("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8.0, horizontal.name()));
        svg.append("<g transform=\"translate(13 %s) rotate(-90)\">".formatted(at((TOP + HEIGHT - BOTTOM) / 2.0)))
                .append(label("middle", 0, 0, vertical.name()))
                .append("</g>\n");
        svg.append("<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\">%n"
                .formatted(
                        LEFT - 1,
                        TOP - 1,
                        WIDTH - LEFT - RIGHT + 2,
                        HEIGHT - TOP - BOTTOM + 2,
                        LEFT - 1,
                        TOP - 1,
                        WIDTH - LEFT - RIGHT + 2,
                        HEIGHT - TOP - BOTTOM + 2));
        return svg.append(content).append("</svg>\n</svg>\n").toString();
    }

    /**
     * Points joined by straight lines.
     *
     * @param attributes of the SVG element
     * @param title shown when somebody points at it
     */
    String curve(String attributes, String title, List<Double> xs, List<Double> ys) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.size(); i++) {
            points.append(at(x(xs.get(i)))).append(',').append(at(y(ys.get(i)))).append(' ');
        }
        return "<polyline %s points=\"%s\"><title>%s</title></polyline>%n"
                .formatted(attributes, points.toString().strip(), Html.text(title));
    }

    /** @param style class of the SVG element */
    String diagonal(String style) {
        double end = Math.min(horizontal.to(), vertical.to());
        double start = Math.max(horizontal.from(), vertical.from());
        return line(style, x(start), y(start), x(end), y(end));
    }

    /** From the horizontal axis up. */
    String bar(String style, double from, double to, double height, String title) {
        return "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>%n"
                .formatted(
                        style,
                        at(x(from) + 0.5),
                        at(y(height)),
                        at(x(to) - x(from) - 1),
                        at(y(vertical.from()) - y(height)),
                        Html.text(title));
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
                .formatted(style, at(x1), at(y1), at(x2), at(y2));
    }

    private static String label(String anchor, double x, double y, String text) {
        return "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>%n"
                .formatted(anchor, at(x), at(y), Html.text(text));
    }

    private static String at(double position) {
        return Numbers.fixed(position, 1);
    }
}
