/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.Epoch;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Data sets of drawn pictures, and reports on a classifier that guesses by their colour. */
public final class Reports {

    private Reports() {}

    /** Blobs of one colour a class, on noise: nothing that PNG could pack well. */
    public static Dataset dataset(List<String> labels, int pictures, int side) {
        Random random = new Random(7);
        return new Dataset(
                "d".repeat(64),
                labels,
                samples(labels.size(), 3 * pictures, side, random),
                samples(labels.size(), pictures / 4, side, random),
                samples(labels.size(), pictures, side, random));
    }

    public static EvaluationReport report(Dataset dataset) {
        List<Epoch> epochs = IntStream.rangeClosed(1, 12)
                .mapToObj(e -> new Epoch(e, 2.0 / e, 0.3 + 1.8 / e, 1 - 0.8 / e))
                .toList();
        return FullReport.of(
                Evaluator.evaluate(
                        "drawn",
                        new HueClassifier(dataset.labels()),
                        dataset.test(),
                        dataset.train().size()),
                dataset,
                epochs);
    }

    private static List<Sample> samples(int classes, int count, int side, Random random) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = (int) (classes * Math.pow(random.nextDouble(), 1.4));
            samples.add(new Sample(
                    picture(HueClassifier.hue(label, classes) + 0.05 * random.nextGaussian(), side, random),
                    label,
                    new Sample.Origin(
                            Sha256.of(String.valueOf(random.nextLong()).getBytes(StandardCharsets.UTF_8)),
                            side + random.nextInt(3),
                            side)));
        }
        return samples;
    }

    private static Pixels picture(double hue, int side, Random random) {
        byte[] samples = new byte[3 * side * side];
        double radius = side * (0.2 + 0.2 * random.nextDouble());
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double inside = Math.hypot(x - side / 2.0, y - side / 2.0) < radius ? 1 : 0.25;
                for (int c = 0; c < 3; c++) {
                    double level = inside * HueClassifier.channel(hue, c) * 200 + 24 * random.nextGaussian() + 24;
                    samples[(c * side + y) * side + x] = (byte) Math.max(0, Math.min(255, Math.round(level)));
                }
            }
        }
        return new Pixels(3, side, side, samples);
    }
}
