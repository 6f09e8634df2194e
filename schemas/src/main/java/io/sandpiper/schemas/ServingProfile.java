/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a version made of a number of pictures, in numbers that can be added up: those of many workers are those of all
 * their pictures together.
 *
 * @param images how many it answered
 * @param classes how often each label was the most probable one; only those that were
 * @param probabilities how often the probability of that label lay in each of the steps that {@link #PROBABILITY_STEPS} divides
 * @param probabilitySum of that label, over all pictures
 * @param features absent where the network shows no feature maps
 */
public record ServingProfile(
        long images,
        Map<String, Long> classes,
        List<Long> probabilities,
        double probabilitySum,
        @Nullable FeatureSketch features) {

    /** Closer together where networks are sure, as most answers are. */
    public static final List<Double> PROBABILITY_STEPS = List.of(0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995);

    public ServingProfile {
        classes = Map.copyOf(classes);
        probabilities = List.copyOf(probabilities);
        if (probabilities.size() != PROBABILITY_STEPS.size() + 1) {
            throw new IllegalArgumentException("expected %d counts of probabilities, found %d"
                    .formatted(PROBABILITY_STEPS.size() + 1, probabilities.size()));
        }
    }

    /**
     * Where the penultimate features of the pictures lie, as the mean of a random feature map (Rahimi and Recht, "Random
     * features for large-scale kernel machines", NIPS 2007): how far two of them are apart is the maximum mean discrepancy of
     * their pictures.
     *
     * @param sum of the mapped features, over all pictures
     * @param squares of the mapped features' lengths, over all pictures
     * @param freedom in how many directions they vary, effectively: tr(C)² / tr(C²) of their covariance C; absent where nobody
     *     looked, and lost in addition
     */
    public record FeatureSketch(
            List<Double> sum, double squares, @Nullable Double freedom) {

        public FeatureSketch {
            sum = List.copyOf(sum);
        }

        FeatureSketch plus(FeatureSketch other) {
            if (other.sum.size() != sum.size()) {
                throw new IllegalArgumentException(
                        "sketches of %d and of %d numbers cannot be added".formatted(sum.size(), other.sum.size()));
            }
            return new FeatureSketch(
                    IntStream.range(0, sum.size())
                            .mapToObj(i -> sum.get(i) + other.sum.get(i))
                            .toList(),
                    squares + other.squares,
                    null);
        }
    }

    /** Of the pictures of both. */
    public ServingProfile plus(ServingProfile other) {
        Map<String, Long> more = new TreeMap<>(classes);
        other.classes.forEach((label, count) -> more.merge(label, count, Long::sum));
        List<Long> steps = new ArrayList<>();
        for (int i = 0; i < probabilities.size(); i++) {
            steps.add(probabilities.get(i) + other.probabilities.get(i));
        }
        return new ServingProfile(
                images + other.images,
                more,
                steps,
                probabilitySum + other.probabilitySum,
                features == null || other.features == null ? null : features.plus(other.features));
    }

    /** Of the most probable label; a fraction. */
    public double meanProbability() {
        return images == 0 ? 0 : probabilitySum / images;
    }
}
