/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.registry.LiveAccuracy;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.DriftMeasured.Figure;
import io.sandpiper.schemas.DriftMeasured.Measure;
import io.sandpiper.schemas.DriftMeasured.Reference;
import io.sandpiper.training.TrainingProperties.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchRuleTest {

    private final WatchRule rule = new WatchRule(new Watch(Duration.ofHours(24), Duration.ofSeconds(5), 30, 0.05));

    @Test
    void versionThatIsWorseInService_hasToGo_andTheNumbersAreTold() {
        assertThat(rule.objection(live(40, 6), live(100, 97), null))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("of 40 answers in service that somebody gave the label for, 6 were right (15.0 %")
                        .contains("the version before it had of 100"));
    }

    @Test
    void differenceThatMayBeChance_isNone() {
        assertThat(rule.objection(live(40, 36), live(100, 97), null)).isEmpty();
        assertThat(rule.objection(live(4_000, 3_600), live(10_000, 9_700), null))
                .as("the same shares, of more pictures")
                .isPresent();
    }

    @Test
    void fewLabels_sayNothing() {
        assertThat(rule.objection(live(29, 0), live(100, 100), null)).isEmpty();
    }

    @Test
    void asLongAsLittleIsKnownOfTheOneBefore_itsHeldOutPicturesCount() {
        assertThat(objection(live(60, 30), 0.95))
                .hasValueSatisfying(reason -> assertThat(reason).endsWith("95.0 % of its held-out pictures right"));
        assertThat(objection(live(60, 52), 0.95)).as("within the tolerance").isEmpty();
        assertThat(objection(live(60, 0), null)).isEmpty();
    }

    @Test
    void versionThatIsLessSureInServiceThanOfHeldOutPictures_hasToGo_ifTheOneBeforeWasNot() {
        assertThat(rule.objection(sure(0.70, 0.98, true), sure(0.97, 0.98, false)))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("sure to 70.0 % on average, of held-out pictures to 98.0 %")
                        .endsWith("the version before it to 97.0 % and 98.0 %"));

        assertThat(rule.objection(sure(0.70, 0.71, false), sure(0.97, 0.98, false)))
                .as("less sure everywhere")
                .isEmpty();
        assertThat(rule.objection(sure(0.70, 0.98, true), sure(0.69, 0.98, true)))
                .as("the pictures have changed")
                .isEmpty();
        assertThat(rule.objection(sure(0.99, 0.90, true), sure(0.97, 0.98, false)))
                .as("surer")
                .isEmpty();
        assertThat(rule.objection(sure(0.70, 0.98, true), null))
                .as("nobody knows of the one before")
                .isEmpty();
    }

    private static DriftMeasured sure(double lately, double heldOut, boolean drifted) {
        return new DriftMeasured(
                "m",
                "1",
                500,
                Reference.HELD_OUT,
                5_000,
                lately,
                heldOut,
                List.of(new Figure(Measure.PROBABILITIES, drifted ? 1 : 0.1, 0.25)),
                drifted,
                "",
                Instant.EPOCH);
    }

    private Optional<String> objection(LiveAccuracy now, @Nullable Double heldOut) {
        return rule.objection(now, live(3, 3), heldOut);
    }

    private static LiveAccuracy live(long labelled, long right) {
        return new LiveAccuracy(labelled, right, Map.of());
    }
}
