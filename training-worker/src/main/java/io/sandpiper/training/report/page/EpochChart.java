/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How fitting went, epoch by epoch. */
final class EpochChart {

    private EpochChart() {}

    /** Nothing when there are fewer than two epochs: a point is no curve. */
    static String of(@Nullable List<Epoch> epochs) {
        if (epochs == null || epochs.size() < 2) {
            return "";
        }
        Line fitted = Line.of("fitted", "fitted to", epochs, Epoch::loss);
        Line validation = Line.of("validation", "validation", epochs, Epoch::validationLoss);
        Line accuracy = Line.of("validation", "validation", epochs, Epoch::validationAccuracy);
        Axis time = Axis.whole(
                "epoch", epochs.get(0).epoch(), epochs.get(epochs.size() - 1).epoch());
        String loss = chart(
                new Plot(time, Axis.upTo("loss", Math.max(fitted.most(), validation.most()))),
                "Loss by epoch",
                List.of(fitted, validation));
        return """
                <p class="note">The loss of what was fitted to is the mean over an epoch's steps, with the weights' penalty, and
                of pictures that augmentation has changed; that of the validation pictures is after the epoch, of pictures as
                they are.%s</p>
                <div class="figure">
                %s%s</div>
                <ul class="legend"><li class="fitted">fitted to</li>%s</ul>
                """.formatted(
                epochs.get(0).epoch() == 1 ? "" : " Earlier epochs were fitted by another worker, and are not shown.",
                loss,
                accuracy.isEmpty()
                        ? ""
                        : chart(
                                new Plot(time, Axis.share("share that is right")),
                                "Accuracy on the validation pictures by epoch",
                                List.of(accuracy)),
                validation.isEmpty() ? "" : "<li class=\"validation\">validation</li>");
    }

    private record Line(String style, String title, List<Double> epochs, List<Double> values) {

        static Line of(String style, String title, List<Epoch> all, Function<Epoch, @Nullable Double> of) {
            List<Double> epochs = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (Epoch epoch : all) {
                Double value = of.apply(epoch);
                if (value != null && Double.isFinite(value)) {
                    epochs.add((double) epoch.epoch());
                    values.add(value);
                }
            }
            return new Line(style, title, epochs, values);
        }

        boolean isEmpty() {
            return values.isEmpty();
        }

        double most() {
            return values.stream().mapToDouble(v -> v).max().orElse(0);
        }
    }

    private static String chart(Plot plot, String name, List<Line> lines) {
        StringBuilder drawn = new StringBuilder();
        for (Line line : lines) {
            if (!line.isEmpty()) {
                drawn.append(plot.curve(
                        "class=\"line %s\"".formatted(line.style()), line.title(), line.epochs(), line.values()));
            }
        }
        return plot.svg(name, drawn.toString());
    }
}
