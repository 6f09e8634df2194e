/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides whether a candidate may take the champion's place. */
public final class PromotionGate {

    private PromotionGate() {}

    /** @param reason a sentence with the numbers */
    public record Decision(boolean promote, String reason) {}

    /**
     * Promotes a candidate that is at least as accurate as the champion on the same held-out pictures.
     *
     * @param champion null when there is none that knows the same classes: then there is nothing to compare with
     */
    public static Decision decide(EvaluationReport candidate, @Nullable EvaluationReport champion) {
        if (champion == null) {
            return new Decision(
                    true,
                    "first version for these classes, %s of %d held-out pictures right"
                            .formatted(percent(candidate.accuracy()), candidate.images()));
        }
        boolean better = candidate.accuracy() >= champion.accuracy();
        return new Decision(
                better,
                "%s right against the champion's %s, on the same %d held-out pictures"
                        .formatted(percent(candidate.accuracy()), percent(champion.accuracy()), candidate.images()));
    }

    /** Whether the two can be judged on the same pictures. */
    public static boolean comparable(List<String> candidateLabels, List<String> championLabels) {
        return candidateLabels.equals(championLabels);
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
