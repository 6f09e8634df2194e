/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.observe.ProfileBuilder;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.training.dataset.Sample;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Runs a classifier over held-out pictures and counts. */
public final class Evaluator {

    private static final int BATCH = 64;
    private static final int PROFILED = 10_000;

    private Evaluator() {}

    /**
     * Judges a classifier. When its thread is interrupted, it ends with a CancellationException.
     *
     * @param samples with labels in the order of the classifier's; not empty
     * @param trainingImages what it was trained on, for the record
     */
    public static Evaluation evaluate(String model, Classifier classifier, List<Sample> samples, long trainingImages) {
        Tally tally = new Tally(classifier.labels(), samples);
        // What is slow the first time only says nothing of the speed.
        classifier.classify(pixels(samples.subList(0, Math.min(samples.size(), BATCH))));
        long nanos = 0;
        for (int from = 0; from < samples.size(); from += BATCH) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            List<Pixels> batch = pixels(samples.subList(from, Math.min(samples.size(), from + BATCH)));
            long started = System.nanoTime();
            float[][] answers = classifier.classify(batch);
            nanos += System.nanoTime() - started;
            for (int i = 0; i < answers.length; i++) {
                tally.add(from + i, answers[i]);
            }
        }
        return tally.evaluation(model, samples.size() / (nanos / 1e9), trainingImages);
    }

    /**
     * What later answers are held against.
     *
     * @param samples not empty; {@value #PROFILED} of them are enough, taken evenly
     */
    public static ServingProfile profile(Classifier classifier, List<Sample> samples) {
        ProfileBuilder profile = new ProfileBuilder(classifier.labels(), true);
        int each = (samples.size() + PROFILED - 1) / PROFILED;
        List<Sample> some = IntStream.range(0, samples.size())
                .filter(i -> i % each == 0)
                .mapToObj(samples::get)
                .toList();
        for (int from = 0; from < some.size(); from += BATCH) {
            profile.add(classifier.explain(pixels(some.subList(from, Math.min(some.size(), from + BATCH)))));
        }
        return profile.take();
    }

    private static List<Pixels> pixels(List<Sample> batch) {
        return batch.stream().map(Sample::pixels).toList();
    }
}
