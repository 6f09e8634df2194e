/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.schemas.PromotionPolicy;
import io.sandpiper.training.TrainingProperties.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides whether a candidate may take the champion's place. */
public final class PromotionGate {

    /** A class with fewer pictures is not judged by itself: one more mistake would be five percent of it. */
    public static final int SMALLEST_CLASS = 20;

    /** Fewer are classified in a moment, and anything else on the machine would decide. */
    private static final int ENOUGH_FOR_A_SPEED = 1_000;

    private final Gate rules;

    public PromotionGate(Gate rules) {
        this.rules = rules;
    }

    /** @param reason a sentence with the numbers */
    public record Decision(boolean promote, String reason) {}

    /**
     * Promotes a candidate that is at least as accurate as the champion on the same held-out pictures, in no class much
     * worse, and not much slower; unless only people may promote.
     *
     * @param candidate on held-out pictures of classes that the champion knows
     * @param champion on the same pictures in the same order, by the same engine; null when there is none, or it knows classes
     *     that the candidate does not: then there is nothing to compare with
     */
    public Decision decide(Evaluation candidate, @Nullable Evaluation champion) {
        EvaluationReport report = candidate.report();
        if (champion == null) {
            return decision(
                    List.of(),
                    "first version for these classes, %s of %d held-out pictures right"
                            .formatted(percent(report.accuracy()), report.images()));
        }
        McNemar paired = McNemar.of(candidate.right(), champion.right());
        return decision(
                objections(report, champion.report()),
                "%s right against the champion's %s, on the same %d held-out pictures%s (%d only the new one, %d only the champion; McNemar p = %s)"
                        .formatted(
                                percent(report.accuracy()),
                                percent(champion.report().accuracy()),
                                report.images(),
                                ofClasses(report, champion.report()),
                                paired.onlyCandidate(),
                                paired.onlyChampion(),
                                String.format(Locale.ROOT, "%.3f", paired.pValue())));
    }

    private static String ofClasses(EvaluationReport candidate, EvaluationReport champion) {
        int known = champion.classes().size();
        return candidate.classes().size() == known ? "" : " of the %d classes that the champion knows".formatted(known);
    }

    private Decision decision(List<String> objections, String numbers) {
        if (!objections.isEmpty()) {
            return new Decision(false, numbers + "; " + String.join("; ", objections));
        }
        return rules.policy() == PromotionPolicy.MANUAL
                ? new Decision(false, numbers + "; nothing speaks against it, and only people promote (policy manual)")
                : new Decision(true, numbers);
    }

    private List<String> objections(EvaluationReport candidate, EvaluationReport champion) {
        List<String> objections = new ArrayList<>();
        if (candidate.accuracy() < champion.accuracy()) {
            objections.add("less accurate");
        }
        Map<String, ClassReport> found =
                candidate.classes().stream().collect(Collectors.toMap(ClassReport::label, Function.identity()));
        for (ClassReport before : champion.classes()) {
            ClassReport now = found.get(before.label());
            if (now == null) {
                throw new IllegalArgumentException("the candidate does not know the class " + before.label());
            }
            if (now.support() >= SMALLEST_CLASS && now.recall() < before.recall() - rules.classFloor()) {
                objections.add("of %s it finds %s instead of %s"
                        .formatted(now.label(), percent(now.recall()), percent(before.recall())));
            }
        }
        if (candidate.images() >= ENOUGH_FOR_A_SPEED
                && candidate.imagesPerSecond() < rules.speedFloor() * champion.imagesPerSecond()) {
            objections.add(String.format(
                    Locale.ROOT,
                    "slower: %.0f pictures a second instead of %.0f",
                    candidate.imagesPerSecond(),
                    champion.imagesPerSecond()));
        }
        return objections;
    }

    /** Whether the two can be judged on the same pictures: those of the champion's classes. */
    public static boolean comparable(List<String> candidateLabels, List<String> championLabels) {
        return Set.copyOf(candidateLabels).containsAll(championLabels);
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }
}
