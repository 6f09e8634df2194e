/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.DriftMeasured.Reference;
import io.sandpiper.schemas.TriggerFired;
import io.sandpiper.schemas.TriggerFired.Action;
import io.sandpiper.schemas.TriggerFired.Kind;
import io.sandpiper.schemas.Triggers;
import io.sandpiper.training.TrainingProperties.TriggerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriggerDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final LiveAccuracy UNKNOWN = new LiveAccuracy(0, 0, Map.of());
    private static final LiveAccuracy POOR = new LiveAccuracy(50, 37, Map.of());
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(3));

    private TriggerSettings settings = settings(Triggers.Action.ACT, 0, Duration.ZERO);
    private LiveAccuracy accuracy = UNKNOWN;
    private boolean drifted;
    private long unseen = 10;
    private Instant lastTraining = LONG_AGO;
    private boolean trainingNow;
    private List<TriggerFired> fired = List.of();

    @Test
    void noReason_noTraining() {
        accuracy = new LiveAccuracy(50, 38, Map.of());
        assertThat(look()).as("76 % of 50").isEmpty();
        accuracy = new LiveAccuracy(49, 0, Map.of());
        assertThat(look()).as("too few to tell").isEmpty();
    }

    @Test
    void accuracyBelowTheFloor_startsATraining_withTheNumbers() {
        accuracy = POOR;

        TriggerFired trigger = look().orElseThrow();

        assertThat(trigger.kind()).isEqualTo(Kind.ACCURACY);
        assertThat(trigger.action()).isEqualTo(Action.STARTED);
        assertThat(trigger.reason())
                .startsWith("Of its last 50 answers")
                .contains("74.0 % were right", "75.0 % is the least");
        assertThat(look().orElseThrow().jobId())
                .as("whoever decides it names the same job")
                .isEqualTo(trigger.jobId())
                .isNotNull();
        lastTraining = LONG_AGO.plusSeconds(1);
        assertThat(look().orElseThrow().jobId()).as("but the next one another").isNotEqualTo(trigger.jobId());
    }

    @Test
    void drift_newPictures_andTheSchedule_areReasons() {
        drifted = true;
        assertThat(look().orElseThrow().kind()).isEqualTo(Kind.DRIFT);
        drifted = false;
        settings = settings(Triggers.Action.ACT, 10, Duration.ZERO);
        assertThat(look().orElseThrow().kind()).isEqualTo(Kind.NEW_IMAGES);
        settings = settings(Triggers.Action.ACT, 11, Duration.ofDays(3));
        assertThat(look().orElseThrow().kind()).isEqualTo(Kind.SCHEDULE);
        settings = settings(Triggers.Action.ACT, 11, Duration.ofDays(4));
        assertThat(look()).isEmpty();
    }

    @Test
    void suggestion_isMadeOnceADay() {
        settings = settings(Triggers.Action.SUGGEST, 0, Duration.ZERO);
        accuracy = POOR;

        TriggerFired suggested = look().orElseThrow();

        assertThat(suggested.action()).isEqualTo(Action.SUGGESTED);
        assertThat(suggested.jobId()).isNull();
        assertThat(suggested.reason()).contains("74.0 % were right", "A training is suggested");
        fired = List.of(suggested);
        assertThat(look()).isEmpty();
        fired = List.of(
                new TriggerFired("m", "3", Kind.ACCURACY, Action.SUGGESTED, null, "", NOW.minus(Duration.ofHours(25))));
        assertThat(look()).isPresent();
        fired = List.of(new TriggerFired("m", "2", Kind.ACCURACY, Action.SUGGESTED, null, "", NOW));
        assertThat(look()).as("that was said of another version").isPresent();
    }

    @Test
    void cooldownBudgetAndNothingNew_holdATrainingBack_andAreSaid() {
        accuracy = POOR;
        lastTraining = NOW.minus(Duration.ofMinutes(59));
        assertThat(look().orElseThrow().reason())
                .contains("before 2026-11-22T10:01:00Z")
                .contains("(cooldown)");
        lastTraining = LONG_AGO;
        TriggerFired started =
                new TriggerFired("m", "2", Kind.DRIFT, Action.STARTED, "j", "", NOW.minus(Duration.ofHours(23)));
        fired = List.of(started, started);
        assertThat(look().orElseThrow().reason())
                .contains("2 within 24 hours already")
                .contains("(budget)");
        fired = List.of(started);
        unseen = 0;
        assertThat(look().orElseThrow().action()).isEqualTo(Action.SUGGESTED);
        assertThat(look().orElseThrow().reason()).contains("there is no labelled picture that it has not learned from");
        unseen = 1;
        assertThat(look().orElseThrow().action()).isEqualTo(Action.STARTED);
        trainingNow = true;
        assertThat(look()).isEmpty();
    }

    @Test
    void whatAModelSays_goesBeforeTheDefaults() {
        Triggers own = new Triggers(Triggers.Action.SUGGEST, null, false, 7, null, null, 0);

        TriggerSettings both = settings.with(own);

        assertThat(both.action()).isEqualTo(Triggers.Action.SUGGEST);
        assertThat(both.accuracyFloor()).isEqualTo(0.75);
        assertThat(both.drift()).isFalse();
        assertThat(both.newImages()).isEqualTo(7);
        assertThat(both.cooldown()).isEqualTo(Duration.ofHours(1));
        assertThat(both.budget()).isZero();
        assertThat(settings.with(null)).isEqualTo(settings);
    }

    private Optional<TriggerFired> look() {
        Situation situation = new Situation(
                "m",
                "3",
                LONG_AGO,
                accuracy,
                new DriftMeasured(
                        "m", "3", 500, Reference.HELD_OUT, 5_000, 0.7, 0.9, List.of(), drifted, "It drifts.", NOW),
                () -> unseen,
                lastTraining,
                trainingNow,
                fired);
        return TriggerRule.find(situation, settings, NOW)
                .flatMap(finding -> TriggerDecision.decide(situation, finding, settings, NOW));
    }

    private static TriggerSettings settings(Triggers.Action action, int newImages, Duration every) {
        return new TriggerSettings(
                action, Duration.ofSeconds(5), 0.75, 200, 50, true, newImages, every, Duration.ofHours(1), 2);
    }
}
