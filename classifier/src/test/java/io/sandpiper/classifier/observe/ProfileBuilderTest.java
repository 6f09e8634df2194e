/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.schemas.ServingProfile.FeatureSketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfileBuilderTest {

    private static final List<String> LABELS = List.of("cat", "dog");

    @Test
    void answers_areCountedByLabelAndByHowSureTheyAre() {
        ProfileBuilder builder = new ProfileBuilder(LABELS, false);

        builder.add(new Answers(new float[][] {{0.999f, 0.001f}, {0.4f, 0.6f}, {0.04f, 0.96f}}, List.of()));

        ServingProfile profile = builder.take();
        assertThat(profile.images()).isEqualTo(3);
        assertThat(profile.classes()).isEqualTo(Map.of("cat", 1L, "dog", 2L));
        assertThat(profile.probabilities()).containsExactly(0L, 0L, 1L, 0L, 0L, 0L, 1L, 0L, 0L, 1L);
        assertThat(profile.meanProbability()).isCloseTo((0.999 + 0.6 + 0.96) / 3, within(1e-6));
        assertThat(profile.features()).as("the network shows none").isNull();
        assertThat(builder.take().images()).as("begun anew").isZero();
    }

    @Test
    void twoProfilesAdded_areThatOfAllPictures() {
        List<Answers> all = List.of(answers(1, 40), answers(2, 60));
        ProfileBuilder apart = new ProfileBuilder(LABELS, true);
        apart.add(all.get(0));
        ServingProfile first = apart.take();
        apart.add(all.get(1));
        ProfileBuilder together = new ProfileBuilder(LABELS, true);
        all.forEach(together::add);

        ServingProfile sum = first.plus(apart.take());

        ServingProfile expected = together.take();
        assertThat(sum.classes()).isEqualTo(expected.classes());
        assertThat(sum.probabilities()).isEqualTo(expected.probabilities());
        assertThat(sketch(sum).squares()).isCloseTo(sketch(expected).squares(), within(1e-9));
        for (int i = 0; i < RandomFeatures.SIZE; i++) {
            assertThat(sketch(sum).sum().get(i))
                    .isCloseTo(sketch(expected).sum().get(i), within(1e-9));
        }
        assertThat(sketch(expected).freedom()).isGreaterThan(1);
        assertThat(sketch(sum).freedom()).isNull();
    }

    /** |z(x)|² is about k(x, x) = 1, and of features without order no direction stands out. */
    @Test
    void mappedFeatures_areThoseOfAKernel() {
        ProfileBuilder builder = new ProfileBuilder(LABELS, true);
        builder.add(answers(3, 1_000));

        FeatureSketch sketch = sketch(builder.take());

        assertThat(sketch.squares() / 1_000).isCloseTo(1, within(0.05));
        assertThat(sketch.freedom()).isBetween(10.0, (double) RandomFeatures.SIZE);
    }

    /** Twice the length is the same direction; other channels are another one. */
    @Test
    void direction_isWhatCounts() {
        assertThat(mapped(new float[] {1, 2, 0})).isEqualTo(mapped(new float[] {2, 4, 0}));
        assertThat(mapped(new float[] {1, 2, 0})).isNotEqualTo(mapped(new float[] {0, 2, 1}));
        assertThat(mapped(new float[] {0, 0, 0}))
                .allSatisfy(value -> assertThat(value).isFinite());
        assertThat(mapped(new float[] {1, Float.NaN, 0}))
                .as("one such picture is not to spoil the others")
                .allSatisfy(value -> assertThat(value).isFinite());
    }

    private static List<Double> mapped(float[] channels) {
        ProfileBuilder builder = new ProfileBuilder(LABELS, false);
        builder.add(new Answers(new float[][] {{1, 0}}, List.of(new FeatureMaps(channels.length, 1, 1, channels))));
        return sketch(builder.take()).sum();
    }

    private static FeatureSketch sketch(ServingProfile profile) {
        return Objects.requireNonNull(profile.features());
    }

    private static Answers answers(long seed, int pictures) {
        Random random = new Random(seed);
        float[][] probabilities = new float[pictures][];
        List<FeatureMaps> features = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            float cat = random.nextFloat();
            probabilities[i] = new float[] {cat, 1 - cat};
            float[] values = new float[8 * 4];
            for (int v = 0; v < values.length; v++) {
                values[v] = Math.max(0, (float) random.nextGaussian());
            }
            features.add(new FeatureMaps(8, 2, 2, values));
        }
        return new Answers(probabilities, features);
    }
}
