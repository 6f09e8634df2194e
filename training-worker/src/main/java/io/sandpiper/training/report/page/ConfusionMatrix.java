/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.training.report.Numbers;
import java.util.List;

/** Who is taken for whom, as a table with shades. */
final class ConfusionMatrix {

    /** A larger table does not fit on a page. */
    private static final int MOST_CLASSES = 40;

    private ConfusionMatrix() {}

    static String of(EvaluationReport report) {
        return table(report.classes().stream().map(ClassReport::label).toList(), report.confusion())
                + sentences(report.confusions() == null ? List.of() : report.confusions());
    }

    private static String table(List<String> labels, List<List<Long>> confusion) {
        if (labels.size() > MOST_CLASSES) {
            return "<p>The table of %d classes is in report.json.</p>%n".formatted(labels.size());
        }
        StringBuilder table = new StringBuilder("""
                <p class="note">Rows are the true classes, columns the predicted ones. A shade is the share of its row;
                those of mistakes are strengthened.</p>
                <div class="wide"><table class="matrix">
                <thead><tr><td></td>""");
        labels.forEach(l -> table.append("<th scope=\"col\"><span>%s</span></th>".formatted(Html.text(l))));
        table.append("</tr></thead>\n<tbody>\n");
        for (int row = 0; row < labels.size(); row++) {
            table.append("<tr><th scope=\"row\">%s</th>".formatted(Html.text(labels.get(row))));
            double support = confusion.get(row).stream().mapToLong(n -> n).sum();
            for (int column = 0; column < labels.size(); column++) {
                long count = confusion.get(row).get(column);
                table.append(cell(count, count / Math.max(1, support), row == column));
            }
            table.append("</tr>\n");
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    private static String cell(long count, double share, boolean right) {
        if (count == 0) {
            return "<td>·</td>";
        }
        double shade = right ? share : Math.sqrt(share);
        return "<td class=\"%s\" style=\"--shade: %s%%\">%s</td>"
                .formatted(right ? "right" : "wrong", Numbers.fixed(100 * shade, 0), Numbers.count(count));
    }

    private static String sentences(List<String> sentences) {
        return sentences.isEmpty()
                ? ""
                : "<ol class=\"sentences\">\n"
                        + sentences.stream().collect(Html.lines(s -> "<li>" + Html.text(s) + "</li>"))
                        + "\n</ol>\n";
    }
}
