/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a version did on pictures it never saw: {@code report.json} of the archive. All rates are fractions.
 *
 * @param images how many pictures were held out
 * @param loss mean cross-entropy, natural logarithm
 * @param macroF1 mean of the classes' F1
 * @param macroRocAuc mean of the classes' area under the ROC curve; absent in reports from before it was measured
 * @param confusion rows are the true classes, columns the predicted ones, both in the order of {@code classes}
 * @param imagesPerSecond of inference while evaluating
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
        Instant evaluatedAt) {

    public EvaluationReport {
        classes = List.copyOf(classes);
        confusion = List.copyOf(confusion);
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
            @Nullable Double rocAuc) {}
}
