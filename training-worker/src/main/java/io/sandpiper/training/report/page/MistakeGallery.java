/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import io.sandpiper.schemas.EvaluationReport.Mistake;
import io.sandpiper.training.report.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures that were wrong, the surest first. */
final class MistakeGallery {

    private static final int SHORT_HASH = 12;

    private MistakeGallery() {}

    static String of(@Nullable List<Mistake> mistakes) {
        if (mistakes == null) {
            return "";
        }
        if (mistakes.isEmpty()) {
            return "<p>No held-out picture was wrong.</p>\n";
        }
        return """
                <p class="note">As the network saw them, the surest first. Some are mistakes of the network, some of whoever
                labelled them. The letters below are the beginning of the stored picture's sha256.</p>
                <div class="gallery">
                %s
                </div>
                """.formatted(mistakes.stream().collect(Html.lines(MistakeGallery::figure)));
    }

    private static String figure(Mistake m) {
        return """
                <figure><img src="%s" alt="">
                <figcaption><b>%s</b> taken for <b>%s</b><br>%s, against %s%s</figcaption></figure>""".formatted(
                        Html.text(m.thumbnail()),
                        Html.text(m.label()),
                        Html.text(m.predicted()),
                        Numbers.percent(m.probability()),
                        Numbers.percent(m.labelProbability()),
                        m.sha256() == null
                                ? ""
                                : "<br><code title=\"%s\">%s</code>"
                                        .formatted(
                                                Html.text(m.sha256()),
                                                Html.text(m.sha256().substring(0, SHORT_HASH))));
    }
}
