/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport.Bin;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import io.sandpiper.training.report.Numbers;
import org.jspecify.annotations.Nullable;

/** How often it is right when it is how sure, and how often it is that sure. */
final class ReliabilityChart {

    private ReliabilityChart() {}

    static String of(@Nullable Calibration calibration) {
        if (calibration == null) {
            return "";
        }
        double all = calibration.bins().stream().mapToLong(Bin::images).sum();
        double largest =
                calibration.bins().stream().mapToLong(Bin::images).max().orElse(0) / all;
        Plot right = new Plot(Axis.share("probability of the predicted class"), Axis.share("share that is right"));
        Plot counts =
                new Plot(Axis.share("probability of the predicted class"), Axis.upTo("share of the pictures", largest));
        StringBuilder bars = new StringBuilder();
        StringBuilder histogram = new StringBuilder();
        for (Bin bin : calibration.bins()) {
            if (bin.confidence() != null && bin.accuracy() != null) {
                String title = "%s, %s sure on average, %s right"
                        .formatted(
                                Numbers.pictures(bin.images()),
                                Numbers.percent(bin.confidence()),
                                Numbers.percent(bin.accuracy()));
                bars.append(right.bar("gap", bin.from(), bin.to(), Math.max(bin.confidence(), bin.accuracy()), title));
                bars.append(right.bar("bar", bin.from(), bin.to(), Math.min(bin.confidence(), bin.accuracy()), title));
                histogram.append(counts.bar("bar", bin.from(), bin.to(), bin.images() / all, title));
            }
        }
        bars.append(right.diagonal("chance"));
        return """
                <p class="note">Each bar reaches up to the lower of mean confidence and accuracy, its lighter end to the higher:
                well calibrated, there would be no lighter ends. Few pictures say little; the second figure has their shares.</p>
                <div class="figure">
                %s%s</div>
                %s""".formatted(
                        right.svg("Reliability diagram: accuracy by confidence", bars.toString()),
                        counts.svg("Pictures by confidence", histogram.toString()),
                        Html.reading(calibration.reading()));
    }
}
