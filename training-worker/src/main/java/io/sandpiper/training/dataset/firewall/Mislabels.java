/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.schemas.DatasetCheck.Example;
import io.sandpiper.training.dataset.LabelledPicture;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labels that are likely wrong, by a quick classifier that never saw the picture it judges.
 *
 * @param judged how many pictures were looked at
 * @param accuracy how often the classifier agrees with the labels, 0 to 1
 * @param suspects the surest first; empty when the classifier knows too little to tell
 */
record Mislabels(int judged, double accuracy, List<Example> suspects) {

    /** Below this the classifier is wrong more often than the labels are. */
    private static final double LEAST_ACCURACY = 0.6;

    Mislabels {
        suspects = List.copyOf(suspects);
    }

    boolean canTell() {
        return accuracy >= LEAST_ACCURACY;
    }

    /**
     * @param pictures at least one
     * @param champion its features help; null: there is none
     * @throws InterruptedException when the thread is interrupted
     */
    static Mislabels find(List<LabelledPicture> pictures, @Nullable Classifier champion) throws InterruptedException {
        List<String> classes = pictures.stream()
                .map(p -> p.entry().label())
                .distinct()
                .sorted()
                .toList();
        int[] labels = pictures.stream()
                .mapToInt(p -> classes.indexOf(p.entry().label()))
                .toArray();
        float[][] rows =
                Features.of(pictures.stream().map(LabelledPicture::pixels).toList(), champion);
        float[][] answers = CrossValidation.predict(rows, labels, classes.size());
        double accuracy = IntStream.range(0, labels.length)
                        .filter(i -> Tensors.argmax(answers[i]) == labels[i])
                        .count()
                / (double) labels.length;
        if (accuracy < LEAST_ACCURACY) {
            return new Mislabels(labels.length, accuracy, List.of());
        }
        return new Mislabels(
                labels.length,
                accuracy,
                ConfidentLearning.find(answers, labels, classes.size()).stream()
                        .sorted(Comparator.comparing(ConfidentLearning.Suspect::probability)
                                .reversed())
                        .map(s -> example(pictures.get(s.picture()), classes.get(s.other()), s.probability()))
                        .toList());
    }

    private static Example example(LabelledPicture picture, String other, float probability) {
        double rounded = Math.round(1000.0 * probability) / 1000.0;
        return new Example(picture.entry().sha256(), picture.entry().label(), other, rounded, null, null);
    }
}
