/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The pictures of a sweep: throughput and latency against workers, a line for each way of sharing. */
final class Charts {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 500;

    private Charts() {}

    static void write(List<Case> cases, Path folder) throws IOException {
        XYChart throughput = chart("Throughput", "images/s");
        lines(cases).forEach((name, line) -> add(throughput, name, line, Case::imagesPerSecond));
        save(throughput, folder.resolve("throughput.png"));
        XYChart latency = chart("Latency at half of the throughput", "ms");
        lines(cases).forEach((name, line) -> {
            add(latency, name + ", p50", line, Case::p50);
            add(latency, name + ", p95", line, Case::p95);
            add(latency, name + ", p99", line, Case::p99);
        });
        save(latency, folder.resolve("latency.png"));
    }

    private static Map<String, List<Case>> lines(List<Case> cases) {
        Map<String, List<Case>> lines = new LinkedHashMap<>();
        for (Case one : cases) {
            String name = "%s, %d partitions".formatted(one.mode(), one.partitions());
            lines.computeIfAbsent(name, n -> new ArrayList<>()).add(one);
        }
        return lines;
    }

    private static XYChart chart(String title, String unit) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("workers")
                .yAxisTitle(unit)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private static void add(XYChart chart, String name, List<Case> line, ToDoubleFunction<Case> value) {
        chart.addSeries(
                name,
                line.stream().mapToDouble(Case::workers).toArray(),
                line.stream().mapToDouble(value).toArray());
    }

    private static void save(XYChart chart, Path file) throws IOException {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
