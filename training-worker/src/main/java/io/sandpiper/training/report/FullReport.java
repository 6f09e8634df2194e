/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import io.sandpiper.schemas.DatasetReport;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationReport.Calibration;
import io.sandpiper.schemas.EvaluationReport.ClassReport;
import io.sandpiper.schemas.EvaluationReport.Epoch;
import io.sandpiper.schemas.EvaluationReport.Mistake;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.HeldOut;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report of a version: an evaluation, and what it takes the pictures for. */
public final class FullReport {

    /**
     * Characters for all pictures of a report. An API holds a whole report in memory for everybody who asks: about half a
     * megabyte, however large the pictures are.
     */
    private static final int PICTURES = 440_000;

    private static final int MISTAKES = 190_000;

    private FullReport() {}

    /**
     * Looks at every picture that was fitted to once, and at few others.
     *
     * @param evaluation on the data set's held-out pictures, in their order
     * @param epochs how fitting went, as far as it is known
     */
    public static EvaluationReport of(Evaluation evaluation, Dataset dataset, List<Epoch> epochs) {
        List<Mistake> mistakes = mistakes(evaluation.worst(), dataset.labels(), dataset.test());
        int left = PICTURES
                - mistakes.stream().mapToInt(m -> m.thumbnail().length()).sum();
        return whole(evaluation.report(), mistakes, epochs, new DatasetFigures(dataset).report(left));
    }

    /** Of a version that was made before: only how it did on these pictures. */
    public static EvaluationReport of(Evaluation evaluation, HeldOut heldOut) {
        return whole(
                evaluation.report(), mistakes(evaluation.worst(), heldOut.labels(), heldOut.samples()), null, null);
    }

    private static EvaluationReport whole(
            EvaluationReport report,
            List<Mistake> mistakes,
            @Nullable List<Epoch> epochs,
            @Nullable DatasetReport dataset) {
        return new EvaluationReport(
                report.model(),
                report.images(),
                report.accuracy(),
                report.loss(),
                report.macroPrecision(),
                report.macroRecall(),
                report.macroF1(),
                report.macroRocAuc(),
                report.classes(),
                report.confusion(),
                report.imagesPerSecond(),
                report.trainingImages(),
                report.evaluatedAt(),
                report.accuracyInterval(),
                read(report.calibration()),
                Sentences.confusions(
                        report.classes().stream().map(ClassReport::label).toList(), report.confusion()),
                mistakes,
                epochs,
                dataset);
    }

    private static @Nullable Calibration read(@Nullable Calibration calibration) {
        return calibration == null
                ? null
                : new Calibration(
                        calibration.expectedError(),
                        calibration.brier(),
                        calibration.bins(),
                        Sentences.calibration(calibration));
    }

    private static List<Mistake> mistakes(List<Evaluation.Mistake> worst, List<String> labels, List<Sample> heldOut) {
        List<Sample> wrong = worst.stream().map(m -> heldOut.get(m.index())).toList();
        List<String> thumbnails =
                Thumbnails.of(wrong.stream().map(Sample::pixels).toList(), MISTAKES);
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < worst.size(); i++) {
            Sample.Origin origin = wrong.get(i).origin();
            mistakes.add(new Mistake(
                    origin == null ? null : origin.sha256(),
                    labels.get(wrong.get(i).label()),
                    labels.get(worst.get(i).predicted()),
                    worst.get(i).probability(),
                    worst.get(i).labelProbability(),
                    thumbnails.get(i)));
        }
        return mistakes;
    }
}
