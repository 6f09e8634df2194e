/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Inputs with the answers they must give, made when the archive is written and replayed whenever it is loaded: catches
 * weights that changed and engines that compute something else. The inputs are drawn, never taken from a data set.
 *
 * @param inputs samples of each picture, in the manifest's shape
 * @param probabilities the answers, in the order of the labels
 */
public record GoldenSet(List<byte[]> inputs, List<float[]> probabilities) {

    /** What float arithmetic explains, of another engine or another processor. */
    public static final double TOLERANCE = 1e-3;

    private static final int SIZE = 8;

    public GoldenSet {
        inputs = List.copyOf(inputs);
        probabilities = List.copyOf(probabilities);
    }

    /** Smooth random blobs, always the same ones, with this classifier's answers. */
    public static GoldenSet record(Classifier classifier) {
        Random random = new Random(20261120);
        List<byte[]> inputs = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            inputs.add(blobs(classifier.input(), random));
        }
        return new GoldenSet(inputs, List.of(classifier.classify(pixels(inputs, classifier.input()))));
    }

    /** @throws InvalidArchiveException when an answer differs by more than {@link #TOLERANCE} */
    public void replay(Classifier classifier) throws InvalidArchiveException {
        replay(classifier, TOLERANCE);
    }

    /** @throws InvalidArchiveException when an answer differs by more, or another class comes first */
    public void replay(Classifier classifier, double tolerance) throws InvalidArchiveException {
        if (inputs.isEmpty() || inputs.size() != probabilities.size()) {
            throw new InvalidArchiveException("the golden set is empty or incomplete");
        }
        float[][] answers = classifier.classify(pixels(inputs, classifier.input()));
        for (int i = 0; i < answers.length; i++) {
            requireSame(answers[i], probabilities.get(i), tolerance);
        }
    }

    private static void requireSame(float[] answer, float[] expected, double tolerance) throws InvalidArchiveException {
        if (answer.length != expected.length) {
            throw new InvalidArchiveException(
                    "the network has %d classes, its golden set %d".formatted(answer.length, expected.length));
        }
        for (int c = 0; c < answer.length; c++) {
            // written so that NaN fails as well
            if (!(Math.abs(answer[c] - expected[c]) <= tolerance)) {
                throw new InvalidArchiveException("a golden input gives probability %s for class %d, expected %s"
                        .formatted(answer[c], c, expected[c]));
            }
        }
        requireSameFirst(answer, expected, tolerance);
    }

    /** Two classes that are as close to each other as the engines are may change places. */
    private static void requireSameFirst(float[] answer, float[] expected, double tolerance)
            throws InvalidArchiveException {
        int first = Tensors.argmax(expected);
        if (Tensors.argmax(answer) != first && expected[first] - expected[Tensors.argmax(answer)] > tolerance) {
            throw new InvalidArchiveException(
                    "a golden input gives class %d, expected %d".formatted(Tensors.argmax(answer), first));
        }
    }

    private static List<Pixels> pixels(List<byte[]> inputs, ModelManifest.Input input) {
        return inputs.stream()
                .map(i -> new Pixels(input.channels(), input.height(), input.width(), i))
                .toList();
    }

    private static byte[] blobs(ModelManifest.Input input, Random random) {
        byte[] samples = new byte[input.channels() * input.height() * input.width()];
        for (int c = 0; c < input.channels(); c++) {
            double fx = 1 + 3 * random.nextDouble();
            double fy = 1 + 3 * random.nextDouble();
            double phase = 2 * Math.PI * random.nextDouble();
            for (int y = 0; y < input.height(); y++) {
                for (int x = 0; x < input.width(); x++) {
                    double wave = Math.sin(Math.PI * (fx * x / input.width() + fy * y / input.height()) + phase);
                    int at = (c * input.height() + y) * input.width() + x;
                    samples[at] = (byte) (int) (255 * Math.max(0, wave));
                }
            }
        }
        return samples;
    }
}
