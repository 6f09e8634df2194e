/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.watch;

import static io.sandpiper.training.report.Numbers.percent;

import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.DriftMeasured.Measure;
import io.sandpiper.schemas.DriftMeasured.Reference;
import io.sandpiper.training.TrainingProperties.Watch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a version that has just begun to serve has to go. */
final class WatchRule {

    private final Watch rules;

    WatchRule(Watch rules) {
        this.rules = rules;
    }

    /**
     * Only when the two cannot be confused: the new one's accuracy in service is at most less than the other's is at least,
     * with 95 % confidence each. Two such intervals that do not meet are a difference at about the level of one percent.
     *
     * @param now of the new version, since it serves
     * @param before of the version that served before it
     * @param heldOutBefore accuracy of that one on pictures that were held out, for as long as too little is known of it in
     *     service; null when nobody evaluated it
     * @return why it has to go, with the numbers; empty while it may stay
     */
    Optional<String> objection(LiveAccuracy now, LiveAccuracy before, @Nullable Double heldOutBefore) {
        if (now.labelled() < rules.minLabels()) {
            return Optional.empty();
        }
        if (before.labelled() >= rules.minLabels()) {
            return now.interval().high() < before.interval().low()
                    ? Optional.of("%s; the version before it had %s".formatted(inService(now), inService(before)))
                    : Optional.empty();
        }
        if (heldOutBefore == null || now.interval().high() >= heldOutBefore - rules.tolerance()) {
            return Optional.empty();
        }
        return Optional.of("%s; the version before it had %s of its held-out pictures right"
                .formatted(inService(now), percent(heldOutBefore)));
    }

    /**
     * When it is less sure of pictures in service than of held-out ones, and the version before it was not: then the pictures
     * are not to blame. Versions that are less sure everywhere stay: that is no fault.
     *
     * @param now of the new version; null: nobody looked yet
     * @param before of the version that served before it, when it was looked at last
     */
    Optional<String> objection(@Nullable DriftMeasured now, @Nullable DriftMeasured before) {
        if (now == null || before == null || now.reference() != Reference.HELD_OUT || before.drifted()) {
            return Optional.empty();
        }
        double loss = now.referenceMeanProbability() - now.meanProbability();
        double lossBefore = before.referenceMeanProbability() - before.meanProbability();
        boolean changed = now.figures().stream()
                .anyMatch(figure -> figure.measure() == Measure.PROBABILITIES && figure.exceeds());
        return changed && loss > rules.tolerance() && loss - lossBefore > rules.tolerance()
                ? Optional.of(
                        "of its last %d answers in service it was sure to %s on average, of held-out pictures to %s; the version before it to %s and %s"
                                .formatted(
                                        now.images(),
                                        percent(now.meanProbability()),
                                        percent(now.referenceMeanProbability()),
                                        percent(before.meanProbability()),
                                        percent(before.referenceMeanProbability())))
                : Optional.empty();
    }

    private static String inService(LiveAccuracy live) {
        return "of %d answers in service that somebody gave the label for, %d were right (%s, between %s and %s)"
                .formatted(
                        live.labelled(),
                        live.right(),
                        percent(live.accuracy()),
                        percent(live.interval().low()),
                        percent(live.interval().high()));
    }
}
