/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.classifier.observe.ProfileBuilder;
import io.sandpiper.schemas.ServingProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscrepancyTest {

    private static final int CHANNELS = 16;

    /** By hand: (0.5 - 0.75) ln(0.5 / 0.75) + (0.5 - 0.25) ln(0.5 / 0.25). */
    @Test
    void populationStability_isThatOfTheTextbook() {
        assertThat(Discrepancy.populationStability(List.of(50_000L, 50_000L), List.of(75_000L, 25_000L)))
                .isCloseTo(0.2747, within(0.0001));
        assertThat(Discrepancy.populationStability(List.of(0L, 100L), List.of(0L, 1_000L)))
                .as("bins that nothing fell into")
                .isFinite();
    }

    /** 2 000 looks at samples of one kind: the index goes as it should on average, and none of them is beyond the limit. */
    @Test
    void chance_staysBelowItsLimit() {
        Random random = new Random(1);
        double limit = Discrepancy.populationStabilityByChance(10, 5_000, 500);
        double sum = 0;
        for (int i = 0; i < 2_000; i++) {
            double index = Discrepancy.populationStability(counts(random, 5_000), counts(random, 500));
            assertThat(index).isLessThan(limit);
            sum += index;
        }
        assertThat(sum / 2_000).isCloseTo(9 * (1.0 / 500 + 1.0 / 5_000), within(0.001));
        assertThat(limit).as("and it finds something").isLessThan(0.25);
    }

    @Test
    void features_ofOneKind_areApartByChanceOnly_thoseOfAnotherAreNot() {
        Random random = new Random(2);
        ServingProfile reference = profile(random, 4_000, 0, true);
        double freedom = Objects.requireNonNull(
                Objects.requireNonNull(reference.features()).freedom());
        double limit = Discrepancy.featuresByChance(freedom, 4_000, 500);
        double sum = 0;
        for (int i = 0; i < 200; i++) {
            double apart = features(reference, profile(random, 500, 0, false));
            assertThat(apart).isLessThan(limit);
            sum += apart;
        }

        assertThat(sum / 200).as("neither way on average").isCloseTo(0, within(limit / 10));
        assertThat(features(reference, profile(random, 500, 0.5, false))).isGreaterThan(3 * limit);
        assertThat(Discrepancy.featuresByChance(1, 4_000, 500))
                .as("who knows nothing of them is careful")
                .isGreaterThan(limit);
    }

    private static double features(ServingProfile reference, ServingProfile live) {
        return Discrepancy.features(
                reference, Objects.requireNonNull(reference.features()), live, Objects.requireNonNull(live.features()));
    }

    private static List<Long> counts(Random random, int images) {
        List<Long> counts = new ArrayList<>();
        long[] bins = new long[10];
        for (int i = 0; i < images; i++) {
            bins[random.nextInt(10)]++;
        }
        for (long bin : bins) {
            counts.add(bin);
        }
        return counts;
    }

    /** @param shift of the first half of the channels */
    private static ServingProfile profile(Random random, int images, double shift, boolean withFreedom) {
        ProfileBuilder builder = new ProfileBuilder(List.of("a", "b"), withFreedom);
        List<FeatureMaps> features = new ArrayList<>();
        float[][] probabilities = new float[images][];
        for (int i = 0; i < images; i++) {
            probabilities[i] = new float[] {0.9f, 0.1f};
            float[] values = new float[CHANNELS];
            for (int c = 0; c < CHANNELS; c++) {
                values[c] = (float) Math.max(0, random.nextGaussian() + (c < CHANNELS / 2 ? shift : 0));
            }
            features.add(new FeatureMaps(CHANNELS, 1, 1, values));
        }
        builder.add(new Answers(probabilities, features));
        return builder.take();
    }
}
