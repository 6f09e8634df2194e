/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.observe;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.schemas.ServingProfile.FeatureSketch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what one version answers. Belongs to one thread. */
public final class ProfileBuilder {

    private final List<String> labels;
    private final boolean withFreedom;
    private final double[] mapped = new double[RandomFeatures.SIZE];

    private long images;
    private final long[] classes;
    private final long[] steps = new long[ServingProfile.PROBABILITY_STEPS.size() + 1];
    private double probabilitySum;
    private long sketched;
    private final double[] sum = new double[RandomFeatures.SIZE];
    private double squares;
    /** Of the mapped features, summed; the upper triangle. Empty where nobody wants it. */
    private final double[][] products;

    /**
     * @param labels of the version, in the order of its probabilities
     * @param withFreedom whether the profile is to tell in how many directions the features vary: some 8 000 multiplications a
     *     picture more
     */
    public ProfileBuilder(List<String> labels, boolean withFreedom) {
        this.labels = List.copyOf(labels);
        this.withFreedom = withFreedom;
        this.classes = new long[labels.size()];
        this.products = new double[withFreedom ? RandomFeatures.SIZE : 0][RandomFeatures.SIZE];
    }

    public long images() {
        return images;
    }

    public void add(Answers answers) {
        for (int i = 0; i < answers.probabilities().length; i++) {
            addProbabilities(answers.probabilities()[i]);
        }
        answers.features().forEach(maps -> {
            RandomFeatures.of(maps.channels()).map(maps, mapped);
            addMapped();
        });
    }

    private void addProbabilities(float[] probabilities) {
        int label = Tensors.argmax(probabilities);
        double probability = probabilities[label];
        int step = 0;
        while (step < ServingProfile.PROBABILITY_STEPS.size()
                && probability >= ServingProfile.PROBABILITY_STEPS.get(step)) {
            step++;
        }
        images++;
        classes[label]++;
        steps[step]++;
        probabilitySum += probability;
    }

    private void addMapped() {
        sketched++;
        for (int i = 0; i < mapped.length; i++) {
            sum[i] += mapped[i];
            squares += mapped[i] * mapped[i];
        }
        if (withFreedom) {
            for (int i = 0; i < mapped.length; i++) {
                for (int j = i; j < mapped.length; j++) {
                    products[i][j] += mapped[i] * mapped[j];
                }
            }
        }
    }

    /** Of what was added since the last time; begins anew. */
    public ServingProfile take() {
        Map<String, Long> counts = new TreeMap<>();
        for (int c = 0; c < classes.length; c++) {
            if (classes[c] > 0) {
                counts.put(labels.get(c), classes[c]);
            }
        }
        ServingProfile profile = new ServingProfile(
                images,
                counts,
                Arrays.stream(steps).boxed().toList(),
                probabilitySum,
                // Those of a part of the pictures would be taken for those of all.
                images > 0 && sketched == images
                        ? new FeatureSketch(Arrays.stream(sum).boxed().toList(), squares, freedom())
                        : null);
        clear();
        return profile;
    }

    /** tr(C)² / tr(C²) of the covariance C; null where it is not wanted, or nothing varies. */
    private @Nullable Double freedom() {
        if (!withFreedom) {
            return null;
        }
        double trace = 0;
        double norm = 0;
        for (int i = 0; i < mapped.length; i++) {
            for (int j = i; j < mapped.length; j++) {
                double covariance = products[i][j] / sketched - sum[i] * sum[j] / sketched / sketched;
                trace += i == j ? covariance : 0;
                norm += (i == j ? 1 : 2) * covariance * covariance;
            }
        }
        return norm > 0 ? trace * trace / norm : null;
    }

    private void clear() {
        images = 0;
        sketched = 0;
        probabilitySum = 0;
        squares = 0;
        Arrays.fill(classes, 0);
        Arrays.fill(steps, 0);
        Arrays.fill(sum, 0);
        for (double[] row : products) {
            Arrays.fill(row, 0);
        }
    }
}
