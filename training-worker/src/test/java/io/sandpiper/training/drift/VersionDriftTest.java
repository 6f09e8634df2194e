/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.DriftMeasured.Measure;
import io.sandpiper.schemas.DriftMeasured.Reference;
import io.sandpiper.schemas.ServingObserved;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.training.TrainingProperties.Drift;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionDriftTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Drift SETTINGS = new Drift(500, 1_000, 0.25, 0.25, 0.03);
    private static final ServingProfile HELD_OUT = profile(5_000, 0.5, 0.99);

    private Instant now = NOW;

    @Test
    void sameMixture_isNoDrift_andIsToldEveryFewSeconds() {
        VersionDrift version = new VersionDrift(SETTINGS, HELD_OUT);
        assertThat(add(version, profile(200, 0.5, 0.99))).as("too few").isEmpty();

        DriftMeasured first = add(version, profile(100, 0.5, 0.99)).orElseThrow();
        assertThat(add(version, profile(100, 0.5, 0.99))).as("told just now").isEmpty();
        now = NOW.plusSeconds(5);
        assertThat(add(version, profile(100, 0.5, 0.99))).isPresent();

        assertThat(first.drifted()).isFalse();
        assertThat(first.images()).isEqualTo(300);
        assertThat(first.reference()).isEqualTo(Reference.HELD_OUT);
        assertThat(first.figures())
                .extracting(f -> f.measure())
                .containsExactly(Measure.CLASSES, Measure.PROBABILITIES);
        assertThat(first.sentence())
                .startsWith(
                        "The last 300 answers are like those for 5000 held-out pictures: PSI of the answered classes");
    }

    @Test
    void otherPictures_areDrift_atOnce_untilTheyAreGone() {
        VersionDrift version = new VersionDrift(SETTINGS, HELD_OUT);
        add(version, profile(500, 0.5, 0.99));

        DriftMeasured drifted = add(version, profile(500, 0.95, 0.6)).orElseThrow();
        assertThat(drifted.drifted()).isTrue();
        assertThat(drifted.sentence())
                .contains("no longer like those for 5000 held-out pictures", "PSI of the answered classes", "99.0 %");

        DriftMeasured back = add(version, profile(500, 0.5, 0.99)).orElseThrow();
        assertThat(back.drifted()).isFalse();
        assertThat(back.images()).isEqualTo(500);
    }

    /** Just below the limit is not back yet: it would come and go. */
    @Test
    void drift_endsOnlyWellBelowTheLimit() {
        VersionDrift version = new VersionDrift(SETTINGS, HELD_OUT);
        add(version, profile(500, 0.9, 0.99));
        now = NOW.plusSeconds(10);

        DriftMeasured nearly = add(version, profile(500, 0.735, 0.99)).orElseThrow();

        assertThat(nearly.figures()).noneMatch(f -> f.exceeds());
        assertThat(nearly.drifted()).isTrue();
        assertThat(nearly.sentence()).contains("nearly again like those for");
    }

    @Test
    void versionThatNobodyEvaluated_isHeldAgainstWhatItServedFirst() {
        VersionDrift version = new VersionDrift(SETTINGS, null);
        assertThat(add(version, profile(600, 0.5, 0.99))).isEmpty();
        assertThat(add(version, profile(600, 0.5, 0.99))).isEmpty();

        DriftMeasured measured = add(version, profile(500, 0.95, 0.99)).orElseThrow();

        assertThat(measured.reference()).isEqualTo(Reference.FIRST_SERVED);
        assertThat(measured.referenceImages()).isEqualTo(1_200);
        assertThat(measured.drifted()).isTrue();
    }

    private Optional<DriftMeasured> add(VersionDrift version, ServingProfile profile) {
        return version.add(new ServingObserved("w", "m", "1", profile, now));
    }

    /**
     * @param cats share of the answers
     * @param probability of all of them
     */
    private static ServingProfile profile(int images, double cats, double probability) {
        long first = Math.round(images * cats);
        Long[] steps = new Long[ServingProfile.PROBABILITY_STEPS.size() + 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (i == 8 && probability > 0.9) || (i == 2 && probability < 0.9) ? images : 0L;
        }
        return new ServingProfile(
                images, Map.of("cat", first, "dog", images - first), List.of(steps), images * probability, null);
    }
}
