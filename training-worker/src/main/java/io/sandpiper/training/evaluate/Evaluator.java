/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.training.dataset.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs a classifier over held-out pictures and counts. */
public final class Evaluator {

    private static final int BATCH = 64;

    private Evaluator() {}

    /**
     * Judges a classifier.
     *
     * @param samples with labels in the order of the classifier's; not empty
     * @param trainingImages what it was trained on, for the record
     */
    public static Evaluation evaluate(String model, Classifier classifier, List<Sample> samples, long trainingImages) {
        int classes = classifier.labels().size();
        long[][] confusion = new long[classes][classes];
        BitSet right = new BitSet(samples.size());
        float[][] probabilities = new float[classes][samples.size()];
        double loss = 0;
        // What is slow the first time only says nothing of the speed.
        classifier.classify(pixels(samples.subList(0, Math.min(samples.size(), BATCH))));
        long started = System.nanoTime();
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<Sample> batch = samples.subList(from, Math.min(samples.size(), from + BATCH));
            float[][] answers = classifier.classify(pixels(batch));
            for (int i = 0; i < answers.length; i++) {
                int truth = batch.get(i).label();
                for (int c = 0; c < classes; c++) {
                    probabilities[c][from + i] = answers[i][c];
                }
                int predicted = Tensors.argmax(answers[i]);
                confusion[truth][predicted]++;
                right.set(from + i, predicted == truth);
                loss -= Math.log(Math.max(answers[i][truth], 1e-12));
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Evaluation(
                report(
                        model,
                        classifier.labels(),
                        confusion,
                        rocAucs(probabilities, samples),
                        loss / samples.size(),
                        samples.size() / seconds,
                        trainingImages),
                right);
    }

    private static List<Pixels> pixels(List<Sample> batch) {
        return batch.stream().map(Sample::pixels).toList();
    }

    /** One a class. */
    private static List<Optional<Double>> rocAucs(float[][] probabilities, List<Sample> samples) {
        List<Optional<Double>> aucs = new ArrayList<>();
        boolean[] truths = new boolean[samples.size()];
        for (int c = 0; c < probabilities.length; c++) {
            for (int i = 0; i < truths.length; i++) {
                truths[i] = samples.get(i).label() == c;
            }
            aucs.add(Optional.ofNullable(RocAuc.of(probabilities[c], truths)));
        }
        return aucs;
    }

    private static EvaluationReport report(
            String model,
            List<String> labels,
            long[][] confusion,
            List<Optional<Double>> rocAucs,
            double loss,
            double rate,
            long trainingImages) {
        List<ClassReport> classes = new ArrayList<>();
        long images = 0;
        long right = 0;
        for (int c = 0; c < labels.size(); c++) {
            long support = 0;
            long predicted = 0;
            for (int other = 0; other < labels.size(); other++) {
                support += confusion[c][other];
                predicted += confusion[other][c];
            }
            double precision = ratio(confusion[c][c], predicted);
            double recall = ratio(confusion[c][c], support);
            double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
            classes.add(new ClassReport(
                    labels.get(c),
                    support,
                    precision,
                    recall,
                    f1,
                    rocAucs.get(c).orElse(null)));
            images += support;
            right += confusion[c][c];
        }
        return new EvaluationReport(
                model,
                images,
                ratio(right, images),
                loss,
                classes.stream().mapToDouble(ClassReport::precision).average().orElse(0),
                classes.stream().mapToDouble(ClassReport::recall).average().orElse(0),
                classes.stream().mapToDouble(ClassReport::f1).average().orElse(0),
                mean(rocAucs),
                classes,
                rows(confusion),
                rate,
                trainingImages,
                Instant.now());
    }

    private static List<List<Long>> rows(long[][] confusion) {
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : confusion) {
            rows.add(java.util.Arrays.stream(row).boxed().toList());
        }
        return rows;
    }

    private static @Nullable Double mean(List<Optional<Double>> values) {
        var mean = values.stream().flatMap(Optional::stream).mapToDouble(v -> v).average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
