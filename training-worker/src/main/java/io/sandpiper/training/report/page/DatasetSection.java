/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.DatasetReport;
import io.sandpiper.schemas.DatasetReport.ClassFigures;
import io.sandpiper.schemas.DatasetReport.Resolution;
import io.sandpiper.training.report.Numbers;
import org.jspecify.annotations.Nullable;

/** What was learned from. */
final class DatasetSection {

    private DatasetSection() {}

    static String of(@Nullable DatasetReport dataset) {
        return dataset == null
                ? ""
                : classes(dataset)
                        + Html.reading(dataset.readings().classes())
                        + Html.reading(dataset.readings().brightness())
                        + IntensityChart.of(dataset)
                        + resolutions(dataset)
                        + Html.reading(dataset.readings().resolutions());
    }

    private static String classes(DatasetReport dataset) {
        long most =
                dataset.classes().stream().mapToLong(DatasetSection::all).max().orElse(1);
        return """
                <p class="note">Brightness: mean and standard deviation of the pictures' mean luminance, 0 to 255. Pictures are
                a few of those that were fitted to, chosen by their hash.</p>
                <div class="wide"><table class="numbers dataset">
                <thead><tr><th scope="col">class</th><th scope="col"></th><th scope="col"><i class="train"></i>fitted to</th>                <th scope="col"><i class="validation"></i>validation</th><th scope="col"><i class="test"></i>held out</th><th scope="col">brightness</th>                <th scope="col"></th></tr></thead>
                <tbody>
                %s
                </tbody></table></div>
                """.formatted(dataset.classes().stream().collect(Html.lines(c -> row(c, most))));
    }

    private static long all(ClassFigures c) {
        return c.train() + c.validation() + c.test();
    }

    private static String row(ClassFigures c, long most) {
        return """
                <tr><th scope="row">%s</th><td class="parts">%s%s%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>                <td class="samples">%s</td></tr>""".formatted(
                Html.text(c.label()),
                part("train", c.train(), most),
                part("validation", c.validation(), most),
                part("test", c.test(), most),
                Numbers.count(c.train()),
                Numbers.count(c.validation()),
                Numbers.count(c.test()),
                c.brightness() == null
                        ? ""
                        : Numbers.fixed(c.brightness().mean(), 0) + " ± "
                                + Numbers.fixed(c.brightness().sd(), 0),
                c.samples().stream().collect(Html.lines(s -> "<img src=\"%s\" alt=\"\">".formatted(Html.text(s)))));
    }

    private static String part(String name, long pictures, long most) {
        return "<i class=\"%s\" style=\"width: %s%%\"></i>"
                .formatted(name, Numbers.fixed(100.0 * pictures / Math.max(1, most), 2));
    }

    private static String resolutions(DatasetReport dataset) {
        if (dataset.resolutions().isEmpty()) {
            return "";
        }
        String sizes = dataset.resolutions().stream().collect(Html.lines(DatasetSection::resolution));
        String others = dataset.otherResolutions() == 0
                ? ""
                : "<li>other sizes <small>%s</small></li>%n".formatted(Numbers.pictures(dataset.otherResolutions()));
        return "<h3>Sizes of the stored pictures</h3>%n<ul class=\"sizes\">%n%s%n%s</ul>%n".formatted(sizes, others);
    }

    private static String resolution(Resolution r) {
        return "<li>%d × %d <small>%s</small></li>".formatted(r.width(), r.height(), Numbers.pictures(r.images()));
    }
}
