/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.EvaluationCompleted;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.EvaluationRequested;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.training.dataset.HeldOut;
import io.sandpiper.training.dataset.HeldOutLoader;
import io.sandpiper.training.dataset.UnusableDatasetException;
import io.sandpiper.training.evaluate.Evaluation;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.publish.JobLog;
import io.sandpiper.training.publish.StoredModels;
import io.sandpiper.training.report.FullReport;
import io.sandpiper.training.report.page.ReportPage;
import io.sandpiper.training.report.page.ReportPage.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** From a version and the held-out pictures of now to a report. Runs on the calling thread, for as long as it takes. */
@Component
final class EvaluationJob {

    private static final Duration READ_LIMIT = Duration.ofSeconds(10);
    private static final long MAX_REPORT_BYTES = 16 << 20;

    private final ModelRegistryReader registry;
    private final StoredModels stored;
    private final HeldOutLoader datasets;
    private final ObjectStore store;

    EvaluationJob(ModelRegistryReader registry, StoredModels stored, HeldOutLoader datasets, ObjectStore store) {
        this.registry = registry;
        this.stored = stored;
        this.datasets = datasets;
        this.store = store;
    }

    /**
     * Nothing is left half done when it is cut short: the next worker begins anew, and writes the same objects.
     *
     * @throws InvalidArchiveException when there is no such version, or it cannot be opened
     */
    JobResult run(EvaluationRequested command, TrainingProgressed taken, JobLog log, BooleanSupplier unwanted)
            throws UnusableDatasetException, InvalidArchiveException, InterruptedException {
        JobProgress progress = new JobProgress(command, 0, null, taken.attempt(), log, unwanted);
        progress.loading(0);
        ModelVersion version = version(command);
        ModelArchive archive = stored.archive(version)
                .orElseThrow(() -> new InvalidArchiveException(
                        "its archive cannot be read from the object store; the training worker's log says why"));
        HeldOut heldOut;
        Evaluation evaluation;
        ServingProfile profile;
        try (Classifier classifier = archive.open()) {
            heldOut = datasets.load(version, classifier.input(), progress::loading);
            progress.evaluating(0);
            evaluation = Evaluator.evaluate(command.model(), classifier, heldOut.samples(), learnedFrom(version));
            profile = Evaluator.profile(classifier, heldOut.samples());
        }
        progress.publishing(0);
        EvaluationReport report = FullReport.of(evaluation, heldOut);
        store(command, ModelArchive.REPORT, Json.writePretty(report), "application/json");
        store(
                command,
                ModelArchive.REPORT_PAGE,
                ReportPage.of(report, sentence(command, heldOut), provenance(command, archive, heldOut)),
                "text/html;charset=utf-8");
        store.put(
                ObjectKeys.evaluatedProfile(command.model(), command.version()),
                Json.writePretty(profile),
                "application/json");
        return JobResult.of(new EvaluationCompleted(
                command.jobId(),
                command.model(),
                command.version(),
                report.accuracy(),
                report.images(),
                heldOut.digest(),
                heldOut.warnings().isEmpty() ? null : heldOut.warnings(),
                Instant.now()));
    }

    private ModelVersion version(EvaluationRequested command) throws InvalidArchiveException, InterruptedException {
        // The API may have read of a version that was published this moment before we have.
        boolean read = registry.awaitCaughtUp(Instant.now(), READ_LIMIT);
        ModelVersion version =
                registry.current().model(command.model()).versions().get(command.version());
        if (version == null) {
            throw new InvalidArchiveException(
                    read
                            ? "%s has no version %s. GET /v1/models/%s lists them"
                                    .formatted(command.model(), command.version(), command.model())
                            : "the registry could not be read within %d s; ask again"
                                    .formatted(READ_LIMIT.toSeconds()));
        }
        return version;
    }

    /** As its own report says; 0 where it has none. */
    private long learnedFrom(ModelVersion version) {
        return store.get(ObjectKeys.report(version.model(), version.version()), MAX_REPORT_BYTES)
                .map(json -> Json.read(json, EvaluationReport.class).trainingImages())
                .orElse(0L);
    }

    private void store(EvaluationRequested command, String name, byte[] content, String type) {
        store.put(ObjectKeys.evaluationPart(command.model(), command.version(), command.jobId(), name), content, type);
    }

    private static String sentence(EvaluationRequested command, HeldOut heldOut) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Version %s, evaluated anew.".formatted(command.version()));
        sentences.addAll(heldOut.warnings());
        return String.join(" ", sentences);
    }

    private static List<Fact> provenance(EvaluationRequested command, ModelArchive archive, HeldOut heldOut) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("origin of the version", archive.manifest().origin()));
        facts.add(new Fact("recipe", archive.manifest().recipe()));
        facts.add(new Fact("engine", archive.manifest().engine()));
        facts.add(new Fact("snapshot of the held-out pictures", "sha256 " + heldOut.digest()));
        if (command.requestedBy() != null) {
            facts.add(new Fact("asked for by", command.requestedBy()));
        }
        facts.add(new Fact("job", command.jobId()));
        return facts;
    }
}
