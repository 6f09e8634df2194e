/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import io.sandpiper.schemas.TriggerFired;
import io.sandpiper.schemas.TriggerFired.Action;
import io.sandpiper.schemas.Triggers;
import io.sandpiper.training.TrainingProperties.TriggerSettings;
import io.sandpiper.training.trigger.TriggerRule.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What comes of a reason to train again: a training, a suggestion, or nothing that was not said already. */
final class TriggerDecision {

    private static final Duration DAY = Duration.ofHours(24);

    private TriggerDecision() {}

    /** Empty while a training is under way, and when the same was suggested within a day. */
    static Optional<TriggerFired> decide(Situation model, Finding finding, TriggerSettings settings, Instant now) {
        if (model.trainingNow()) {
            return Optional.empty();
        }
        String obstacle = obstacle(model, settings, now);
        if (obstacle == null) {
            return Optional.of(
                    fired(model, finding, Action.STARTED, jobId(model, finding), finding.reason() + ".", now));
        }
        boolean known = model.fired().stream()
                .anyMatch(before -> before.action() == Action.SUGGESTED
                        && before.kind() == finding.kind()
                        && isOf(before, model.version())
                        && isWithin(before.at(), DAY, now));
        return known
                ? Optional.empty()
                : Optional.of(fired(
                        model, finding, Action.SUGGESTED, null, "%s. %s".formatted(finding.reason(), obstacle), now));
    }

    /** Why it is only suggested; null: it is not. */
    private static @Nullable String obstacle(Situation model, TriggerSettings settings, Instant now) {
        if (settings.action() == Triggers.Action.SUGGEST) {
            return "A training is suggested; the model's triggers do not start one (action suggest).";
        }
        Instant last = model.lastTraining();
        if (last != null && isWithin(last, settings.cooldown(), now)) {
            return "No training is started before %s: the last one was at %s (cooldown)."
                    .formatted(last.plus(settings.cooldown()), last);
        }
        long started = model.fired().stream()
                .filter(before -> before.action() == Action.STARTED && isWithin(before.at(), DAY, now))
                .count();
        if (started >= settings.budget()) {
            return "No training is started: triggers started %d within 24 hours already, as many as they may (budget)."
                    .formatted(started);
        }
        return model.unseen().count() == 0
                ? "No training is started: there is no labelled picture that it has not learned from. Give it some first."
                : null;
    }

    private static TriggerFired fired(
            Situation model, Finding finding, Action action, @Nullable String jobId, String reason, Instant now) {
        String sentence = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
        return new TriggerFired(model.model(), model.version(), finding.kind(), action, jobId, sentence, now);
    }

    /** The same wherever it is decided: two workers that see the same start one training. */
    private static String jobId(Situation model, Finding finding) {
        String name = "%s/%s/%s/%s".formatted(model.model(), model.version(), finding.kind(), model.lastTraining());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static boolean isOf(TriggerFired before, @Nullable String version) {
        return version == null ? before.version() == null : version.equals(before.version());
    }

    private static boolean isWithin(@Nullable Instant then, Duration duration, Instant now) {
        return then != null && then.plus(duration).isAfter(now);
    }
}
