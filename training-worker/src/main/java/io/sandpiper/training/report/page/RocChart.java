/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.schemas.EvaluationReport.RocCurve;
import io.sandpiper.training.report.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One curve a class, against the rest. */
final class RocChart {

    /** More colours cannot be told apart. */
    private static final int MOST_CURVES = 10;

    /** How much of the plane is shown: good curves are all in the upper left corner. */
    private static final double[] CORNERS = {0.05, 0.1, 0.2, 0.5};

    private RocChart() {}

    private record Curve(String label, double area, RocCurve points) {

        static @Nullable Curve of(ClassReport c) {
            return c.roc() == null || c.rocAuc() == null ? null : new Curve(c.label(), c.rocAuc(), c.roc());
        }

        /** Whether it comes into that corner so early that little of what is worth seeing is outside. */
        boolean isWithin(double corner) {
            int i = 0;
            while (points.falsePositiveRate().get(i + 1) <= corner / 4) {
                i++;
            }
            return points.truePositiveRate().get(i) >= 1 - corner;
        }
    }

    static String of(List<ClassReport> classes) {
        List<Curve> curves = classes.stream()
                .flatMap(c -> Stream.ofNullable(Curve.of(c)))
                .sorted(Comparator.comparingDouble(Curve::area))
                .limit(MOST_CURVES)
                .toList();
        if (curves.isEmpty()) {
            return "";
        }
        double corner = corner(curves);
        Plot plot = new Plot(
                new Axis("share of the other classes that is taken for it", 0, corner),
                new Axis("share of the class that is found", 1 - corner, 1));
        StringBuilder drawn = new StringBuilder(corner == 1 ? plot.diagonal("chance") : "");
        StringBuilder legend = new StringBuilder();
        for (int i = curves.size() - 1; i >= 0; i--) {
            Curve curve = curves.get(i);
            drawn.append(plot.curve(
                    style("series", i, curves.size()),
                    curve.label(),
                    curve.points().falsePositiveRate(),
                    curve.points().truePositiveRate()));
        }
        for (int i = 0; i < curves.size(); i++) {
            legend.append("<li %s>%s <small>%s</small></li>%n"
                    .formatted(
                            style("entry", i, curves.size()),
                            Html.text(curves.get(i).label()),
                            Numbers.fixed(curves.get(i).area(), 4)));
        }
        return "<p class=\"note\">%s</p>%n<div class=\"figure\">%n%s<ul class=\"legend\">%n%s</ul></div>%n"
                .formatted(
                        note(curves.size(), classes.size(), corner),
                        plot.svg("ROC curves, each class against the rest", drawn.toString()),
                        legend);
    }

    private static double corner(List<Curve> curves) {
        for (double corner : CORNERS) {
            if (curves.stream().allMatch(c -> c.isWithin(corner))) {
                return corner;
            }
        }
        return 1;
    }

    private static String note(int shown, int classes, double corner) {
        return "Each class against the rest, with the area under its curve, the weakest first."
                + (shown < classes ? " Shown are the %d weakest of %d.".formatted(shown, classes) : "")
                + (corner < 1 ? " Only the upper left corner is shown." : "");
    }

    /** Attributes of an element: each a colour, and every other one dashes, for those who do not tell colours apart. */
    private static String style(String name, int index, int of) {
        return "class=\"%s%s\" style=\"--hue: %d\"".formatted(name, index % 2 == 0 ? "" : " dashed", index * 360 / of);
    }
}
