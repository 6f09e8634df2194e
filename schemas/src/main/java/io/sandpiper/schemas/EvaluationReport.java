/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version did on pictures it never saw, and what it learned from: {@code report.json} of the archive. All rates
 * are fractions. What is nullable is absent in reports from before it was measured.
 *
 * @param images how many pictures were held out
 * @param loss mean cross-entropy, natural logarithm
 * @param macroF1 mean of the classes' F1
 * @param macroRocAuc mean of the classes' area under the ROC curve
 * @param confusion rows are the true classes, columns the predicted ones, both in the order of {@code classes}
 * @param imagesPerSecond of inference while evaluating
 * @param accuracyInterval where the accuracy lies, with 95 % confidence (Wilson, 1927)
 * @param confusions a sentence for each pair of classes that are taken for each other most often, most frequent first
 * @param worstMistakes held-out pictures that were wrong, the surest first
 * @param epochs how fitting went; begins later than with the first when another worker began the job
 * @param dataset what it learned from
 */
public record EvaluationReport(
        String model,
        long images,
        double accuracy,
        double loss,
        double macroPrecision,
        double macroRecall,
        double macroF1,
        @Nullable Double macroRocAuc,
        List<ClassReport> classes,
        List<List<Long>> confusion,
        double imagesPerSecond,
        long trainingImages,
        Instant evaluatedAt,
        @Nullable ConfidenceInterval accuracyInterval,
        @Nullable Calibration calibration,
        @Nullable List<String> confusions,
        @Nullable List<Mistake> worstMistakes,
        @Nullable List<Epoch> epochs,
        @Nullable DatasetReport dataset) {

    public EvaluationReport {
        classes = List.copyOf(classes);
        confusion = List.copyOf(confusion);
        confusions = copy(confusions);
        worstMistakes = copy(worstMistakes);
        epochs = copy(epochs);
    }

    private static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    /**
     * How one class fared.
     *
     * @param support pictures of the class
     * @param precision 0 where nothing was predicted as it
     * @param rocAuc of this class against the rest; absent where the pictures are all of it, or none
     */
    public record ClassReport(
            String label,
            long support,
            double precision,
            double recall,
            double f1,
            @Nullable Double rocAuc,
            @Nullable RocCurve roc) {}

    /**
     * Rates at falling thresholds, from (0, 0) to (1, 1), to be joined by straight lines. Thinned to few points; the area
     * is {@link ClassReport#rocAuc}, of all of them.
     *
     * @param falsePositiveRate share of the other classes' pictures that are at or above a threshold
     * @param truePositiveRate share of the class's pictures that are; as many
     */
    public record RocCurve(List<Double> falsePositiveRate, List<Double> truePositiveRate) {

        public RocCurve {
            falsePositiveRate = List.copyOf(falsePositiveRate);
            truePositiveRate = List.copyOf(truePositiveRate);
        }
    }

    /**
     * Whether it is right as often as it is sure.
     *
     * @param expectedError expected calibration error (ECE; Guo et al., 2017, arXiv 1706.04599): how far confidence and
     *     accuracy are apart, bin by bin, weighted by the bins' pictures
     * @param brier mean squared distance between the probabilities and the truth, summed over the classes, 0 to 2
     *     (Brier, 1950)
     * @param bins equally wide, from 0 to 1
     * @param reading a sentence; absent when there is nothing to say
     */
    public record Calibration(
            double expectedError,
            double brier,
            List<Bin> bins,
            @Nullable String reading) {

        public Calibration {
            bins = List.copyOf(bins);
        }
    }

    /**
     * The pictures whose predicted class had a probability above {@code from}, and at most {@code to}.
     *
     * @param confidence mean probability of the predicted class; absent when there are no pictures
     * @param accuracy how many of them were right; absent when there are none
     */
    public record Bin(
            double from,
            double to,
            long images,
            @Nullable Double confidence,
            @Nullable Double accuracy) {}

    /**
     * A held-out picture that was wrong.
     *
     * @param sha256 of the stored picture; absent when it is not known
     * @param label the true class
     * @param predicted the most probable class
     * @param probability of the predicted class
     * @param labelProbability of the true class
     * @param thumbnail PNG as a data URI, of the pixels that the network saw
     */
    public record Mistake(
            @Nullable String sha256,
            String label,
            String predicted,
            double probability,
            double labelProbability,
            String thumbnail) {}

    /**
     * A whole pass over what was learned from.
     *
     * @param epoch from 1
     * @param loss mean over its steps, with the weights' penalty
     * @param validationLoss mean cross-entropy after it; absent, as the next, when no pictures are for validation
     * @param validationAccuracy after it
     */
    public record Epoch(
            int epoch,
            double loss,
            @Nullable Double validationLoss,
            @Nullable Double validationAccuracy) {}
}
