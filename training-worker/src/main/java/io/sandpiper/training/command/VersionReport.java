/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.publish.ModelPublisher.Draft;
import io.sandpiper.training.report.FullReport;
import io.sandpiper.training.report.Numbers;
import io.sandpiper.training.report.page.ReportPage;
import io.sandpiper.training.report.page.ReportPage.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told of a version that a job made: to programs, and to people. */
final class VersionReport {

    private final EvaluationReport json;
    private final byte[] page;

    VersionReport(
            Draft draft,
            Judge.Verdict verdict,
            Dataset dataset,
            List<EvaluationReport.Epoch> epochs,
            Recipe.Training training) {
        this.json = FullReport.of(verdict.evaluation(), dataset, epochs);
        this.page = ReportPage.of(
                json,
                "%s: %s."
                        .formatted(
                                verdict.decision().promote() ? "Promoted" : "Not promoted by itself",
                                verdict.decision().reason()),
                provenance(draft, training));
    }

    EvaluationReport json() {
        return json;
    }

    byte[] page() {
        return page;
    }

    private static List<Fact> provenance(Draft draft, Recipe.Training training) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("origin", draft.origin()));
        if (draft.datasetDigest() != null) {
            facts.add(new Fact("snapshot", "sha256 " + draft.datasetDigest()));
        }
        if (draft.parent() != null) {
            facts.add(new Fact("champion when it was made", "version " + draft.parent()));
        }
        facts.add(new Fact(
                "recipe", draft.width() == null ? draft.recipe() : draft.recipe() + ", width " + draft.width()));
        ModelManifest.Input input = draft.input();
        facts.add(new Fact(
                "input",
                "%d x %d pixels, %d %s"
                        .formatted(
                                input.width(),
                                input.height(),
                                input.channels(),
                                input.channels() == 1 ? "channel" : "channels")));
        facts.add(new Fact(
                "fitting",
                "%d epochs, batches of %d, learning rate %s, %s, seed %d"
                        .formatted(
                                training.epochs(),
                                training.batchSize(),
                                training.learningRate(),
                                training.optimizer().name().toLowerCase(Locale.ROOT),
                                training.seed())));
        facts.add(new Fact(
                "engine",
                draft.engineReason() == null ? draft.engine() : draft.engine() + ": " + draft.engineReason()));
        ModelArchive.describe(draft.parts())
                .forEach((name, part) -> facts.add(
                        new Fact(name, "sha256 %s, %s bytes".formatted(part.sha256(), Numbers.count(part.bytes())))));
        if (draft.jobId() != null) {
            facts.add(new Fact("job", draft.jobId()));
        }
        return facts;
    }
}
