/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.DatasetReport;
import io.sandpiper.training.report.Numbers;
import java.util.ArrayList;
import java.util.List;

/** How dark and bright the samples are that were fitted to. */
final class IntensityChart {

    private static final List<String> GREY = List.of("grey");
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private IntensityChart() {}

    static String of(DatasetReport dataset) {
        List<List<Double>> channels = dataset.intensity();
        double most = channels.stream()
                .flatMap(List::stream)
                .mapToDouble(share -> share)
                .max()
                .orElse(1);
        Plot plot = new Plot(new Axis("intensity", 0, 256), Axis.upTo("share of the samples", most));
        StringBuilder drawn = new StringBuilder();
        for (int c = 0; c < channels.size(); c++) {
            List<String> names = channels.size() == 1 ? GREY : COLOURS;
            drawn.append(steps(plot, names.get(c), channels.get(c)));
        }
        return "<h3>Intensity, by channel</h3>%n<div class=\"figure\">%n%s</div>%n%s"
                .formatted(
                        plot.svg("Histogram of intensity", drawn.toString()),
                        Html.reading(dataset.readings().intensity()));
    }

    private static String steps(Plot plot, String name, List<Double> shares) {
        List<Double> xs = new ArrayList<>(List.of(0.0));
        List<Double> ys = new ArrayList<>(List.of(0.0));
        double width = 256.0 / shares.size();
        for (int b = 0; b < shares.size(); b++) {
            xs.add(b * width);
            ys.add(shares.get(b));
            xs.add((b + 1) * width);
            ys.add(shares.get(b));
        }
        xs.add(256.0);
        ys.add(0.0);
        return plot.curve(
                "class=\"channel %s\"".formatted(name),
                "%s, in steps of %s".formatted(name, Numbers.fixed(width, 0)),
                xs,
                ys);
    }
}
