/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.schemas.ConfidenceInterval;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluation.Mistake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts a classifier's answers. */
final class Tally {

    /** More cannot be told apart in a picture of the curve. */
    private static final int ROC_POINTS = 50;

    private final List<String> labels;
    private final List<Sample> samples;
    private final long[][] confusion;
    private final float[][] probabilities;
    private final BitSet right;
    private final Reliability reliability = new Reliability();
    private final WorstMistakes worst = new WorstMistakes();
    private double loss;

    Tally(List<String> labels, List<Sample> samples) {
        this.labels = labels;
        this.samples = samples;
        this.confusion = new long[labels.size()][labels.size()];
        this.probabilities = new float[labels.size()][samples.size()];
        this.right = new BitSet(samples.size());
    }

    /** @param index of the picture in the list */
    void add(int index, float[] answer) {
        int truth = samples.get(index).label();
        int predicted = Tensors.argmax(answer);
        for (int c = 0; c < answer.length; c++) {
            probabilities[c][index] = answer[c];
        }
        confusion[truth][predicted]++;
        right.set(index, predicted == truth);
        reliability.add(answer, predicted, truth);
        if (predicted != truth) {
            worst.add(new Mistake(index, predicted, answer[predicted], answer[truth]));
        }
        loss -= Math.log(Math.max(answer[truth], 1e-12));
    }

    /** Of all pictures of the list. */
    Evaluation evaluation(String model, double imagesPerSecond, long trainingImages) {
        int images = samples.size();
        List<ClassReport> classes = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            classes.add(classReport(c));
        }
        EvaluationReport report = new EvaluationReport(
                model,
                images,
                ratio(right.cardinality(), images),
                loss / images,
                classes.stream().mapToDouble(ClassReport::precision).average().orElse(0),
                classes.stream().mapToDouble(ClassReport::recall).average().orElse(0),
                classes.stream().mapToDouble(ClassReport::f1).average().orElse(0),
                meanRocAuc(classes),
                classes,
                Arrays.stream(confusion)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList(),
                imagesPerSecond,
                trainingImages,
                Instant.now(),
                ConfidenceInterval.ofShare(right.cardinality(), images),
                reliability.calibration(),
                null,
                null,
                null,
                null);
        return new Evaluation(report, right, worst.surestFirst());
    }

    private ClassReport classReport(int label) {
        long support = 0;
        long predicted = 0;
        for (int other = 0; other < labels.size(); other++) {
            support += confusion[label][other];
            predicted += confusion[other][label];
        }
        double precision = ratio(confusion[label][label], predicted);
        double recall = ratio(confusion[label][label], support);
        Roc roc = roc(label);
        return new ClassReport(
                labels.get(label),
                support,
                precision,
                recall,
                precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall),
                roc == null ? null : Double.valueOf(roc.area()),
                roc == null ? null : roc.thinned(ROC_POINTS));
    }

    private @Nullable Roc roc(int label) {
        boolean[] truths = new boolean[samples.size()];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = samples.get(i).label() == label;
        }
        return Roc.of(probabilities[label], truths);
    }

    private static @Nullable Double meanRocAuc(List<ClassReport> classes) {
        double[] areas = classes.stream()
                .map(ClassReport::rocAuc)
                .filter(Objects::nonNull)
                .mapToDouble(area -> area)
                .toArray();
        return areas.length == 0
                ? null
                : Double.valueOf(Arrays.stream(areas).average().orElseThrow());
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
