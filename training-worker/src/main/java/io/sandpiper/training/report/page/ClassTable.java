/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.training.report.Numbers;
import java.util.Comparator;
import java.util.List;

/** How each class fared. */
final class ClassTable {

    private ClassTable() {}

    static String of(List<ClassReport> classes) {
        return """
                <p class="note">The weakest first.</p>
                <div class="wide"><table class="numbers">
                <thead><tr><th scope="col">class</th><th scope="col">held out</th><th scope="col">precision</th>                <th scope="col">recall</th><th scope="col">F1</th><th scope="col">ROC AUC</th></tr></thead>
                <tbody>
                %s
                </tbody></table></div>
                """.formatted(classes.stream()
                .sorted(Comparator.comparingDouble(ClassReport::f1))
                .collect(Html.lines(ClassTable::row)));
    }

    private static String row(ClassReport c) {
        return "<tr><th scope=\"row\">%s</th><td>%s</td>%s%s%s<td>%s</td></tr>"
                .formatted(
                        Html.text(c.label()),
                        Numbers.count(c.support()),
                        share(c.precision()),
                        share(c.recall()),
                        share(c.f1()),
                        c.rocAuc() == null ? "" : Numbers.fixed(c.rocAuc(), 4));
    }

    private static String share(double value) {
        return "<td class=\"share\" style=\"--shade: %s%%\">%s</td>"
                .formatted(Numbers.fixed(100 * value, 1), Numbers.fixed(value, 3));
    }
}
