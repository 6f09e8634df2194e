/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import static io.sandpiper.training.report.Numbers.percent;

import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.TriggerFired.Kind;
import io.sandpiper.training.TrainingProperties.TriggerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether there is a reason to train a model again. The first of them counts. */
final class TriggerRule {

    /** What was measured before that says nothing of now. */
    private static final Duration LATELY = Duration.ofHours(1);

    private TriggerRule() {}

    /** @param reason a sentence with the numbers, without its full stop */
    record Finding(Kind kind, String reason) {}

    static Optional<Finding> find(Situation model, TriggerSettings settings, Instant now) {
        return accuracy(model, settings)
                .or(() -> drift(model, settings, now))
                .or(() -> newImages(model, settings))
                .or(() -> schedule(model, settings, now));
    }

    private static Optional<Finding> accuracy(Situation model, TriggerSettings settings) {
        LiveAccuracy recent = model.recent();
        if (recent.labelled() < settings.minLabels() || recent.accuracy() >= settings.accuracyFloor()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Kind.ACCURACY,
                "of its last %d answers that somebody gave the label for, %s were right (between %s and %s, with 95 %% confidence), and %s is the least"
                        .formatted(
                                recent.labelled(),
                                percent(recent.accuracy()),
                                percent(recent.interval().low()),
                                percent(recent.interval().high()),
                                percent(settings.accuracyFloor()))));
    }

    private static Optional<Finding> drift(Situation model, TriggerSettings settings, Instant now) {
        DriftMeasured drift = model.drift();
        return settings.drift()
                        && drift != null
                        && drift.drifted()
                        && drift.at().isAfter(now.minus(LATELY))
                ? Optional.of(new Finding(Kind.DRIFT, withoutStop(drift.sentence())))
                : Optional.empty();
    }

    private static Optional<Finding> newImages(Situation model, TriggerSettings settings) {
        if (settings.newImages() == 0) {
            return Optional.empty();
        }
        long unseen = model.unseen().count();
        return unseen < settings.newImages()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.NEW_IMAGES,
                        "there are %d labelled pictures that it has not learned from, and %d are enough"
                                .formatted(unseen, settings.newImages())));
    }

    private static Optional<Finding> schedule(Situation model, TriggerSettings settings, Instant now) {
        Instant since = model.lastTraining() == null ? model.servesSince() : model.lastTraining();
        return settings.every().isZero()
                        || since == null
                        || since.plus(settings.every()).isAfter(now)
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.SCHEDULE,
                        "the last training was at %s, and it is to be trained each %s"
                                .formatted(since, settings.every())));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
