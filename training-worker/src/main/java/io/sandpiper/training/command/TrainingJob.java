/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingCompleted.Fitted;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.checkpoint.Checkpoints;
import io.sandpiper.training.checkpoint.SavedJob;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.InsufficientMemoryException;
import io.sandpiper.training.dataset.UnusableDatasetException;
import io.sandpiper.training.dataset.firewall.DatasetFirewall;
import io.sandpiper.training.fit.ExportedNetwork;
import io.sandpiper.training.fit.FittedNetwork;
import io.sandpiper.training.fit.Fitter;
import io.sandpiper.training.fit.Start;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import io.sandpiper.training.publish.JobLog;
import io.sandpiper.training.publish.ModelPublisher;
import io.sandpiper.training.publish.StoredModels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From labelled pictures to a version. Runs on the calling thread, for as long as it takes. */
@Component
final class TrainingJob {

    /** Of the batch that is learned from and the next one: a float, and the byte that it comes from. */
    private static final int BYTES_A_SAMPLE = 2 * (Float.BYTES + 1);

    private final TrainingProperties properties;
    private final TrainingPlanner planner;
    private final CurrentSettings settings;
    private final DatasetFirewall firewall;
    private final StoredModels stored;
    private final Judge judge;
    private final ModelRegistryReader registry;
    private final ModelPublisher models;
    private final Checkpoints checkpoints;

    TrainingJob(
            TrainingProperties properties,
            TrainingPlanner planner,
            CurrentSettings settings,
            DatasetFirewall firewall,
            StoredModels stored,
            Judge judge,
            ModelRegistryReader registry,
            ModelPublisher models,
            Checkpoints checkpoints) {
        this.properties = properties;
        this.planner = planner;
        this.settings = settings;
        this.firewall = firewall;
        this.stored = stored;
        this.judge = judge;
        this.registry = registry;
        this.models = models;
        this.checkpoints = checkpoints;
    }

    /**
     * @param taken where an earlier worker left it, if one began; and how many did
     * @param unwanted whether it is to stop
     */
    JobResult run(TrainingRequested command, TrainingProgressed taken, JobLog log, BooleanSupplier unwanted)
            throws UnusableDatasetException, UnknownRecipeException, UnusableWeightsException, InvalidArchiveException,
                    InterruptedException {
        Checkpoint named = taken.checkpoint();
        SavedJob saved = named == null ? null : checkpoints.find(named).orElse(null);
        ModelVersion champion = registry.current().champion(command.model());
        TrainingPlanner.Outline outline = saved == null
                ? planner.outline(command, champion, settings.of(command.model()))
                : new TrainingPlanner.Outline(planner.recipe(command, saved.plan()), null);
        Recipe recipe = outline.recipe();
        Recipe.Training training = recipe.training().with(command.hyperparameters());
        JobProgress progress = new JobProgress(
                command, training.epochs(), saved == null ? null : named, taken.attempt(), log, unwanted);
        InsufficientMemoryException.requireRoom("A step", training.batchSize(), recipe.input(), BYTES_A_SAMPLE);
        progress.loading(0);
        DatasetFirewall.Checked checked = saved == null
                ? check(command.model(), recipe, champion, progress)
                : firewall.loadAgain(command.model(), saved.plan().datasetDigest(), recipe.input(), progress::loading);
        Dataset dataset = checked.dataset();
        Start start = saved == null
                ? planner.start(command, outline, dataset)
                : new Start(null, saved.plan().tuning());
        SavedJob.Plan plan = saved == null ? plan(recipe, start, dataset) : saved.plan();
        Fitter fitter = new Fitter(
                recipe, training, dataset, properties.replicas(), progress.whileFitting(plan, checkpoints), start);
        try (FittedNetwork network = fitter.fit(saved == null ? null : saved.state())) {
            Fitted fitted = network.fitted();
            progress.evaluating(fitted.epochs());
            ModelPublisher.Draft draft = draft(command, recipe, plan, dataset, network, champion);
            Judge.Verdict verdict;
            try (Classifier candidate = models.open(draft)) {
                verdict = judge.judge(command.model(), candidate, champion, dataset);
            }
            progress.publishing(fitted.epochs());
            VersionReport report = new VersionReport(draft, verdict, dataset, progress.epochs(), training);
            ModelVersion version = models.store(draft.with(report.json(), report.page(), verdict.profile()));
            TrainingCompleted completed = new TrainingCompleted(
                    command.jobId(),
                    command.model(),
                    version.version(),
                    report.json().accuracy(),
                    verdict.decision().promote(),
                    verdict.decision().reason(),
                    fitted,
                    checked.warnings(),
                    Instant.now());
            return JobResult.of(
                    version,
                    verdict.decision().promote(),
                    verdict.decision().reason(),
                    completed,
                    () -> checkpoints.deleteOthers(command.jobId(), Optional.empty()));
        }
    }

    private DatasetFirewall.Checked check(
            String model, Recipe recipe, @Nullable ModelVersion champion, JobProgress progress)
            throws UnusableDatasetException, InterruptedException {
        try (Classifier eyes = champion == null ? null : stored.open(champion).orElse(null)) {
            return firewall.load(model, recipe.input(), eyes, progress::loading, progress::checking);
        }
    }

    private static SavedJob.Plan plan(Recipe recipe, Start start, Dataset dataset) {
        return new SavedJob.Plan(
                recipe.name(),
                recipe.input().height(),
                recipe.input().width(),
                recipe.width(),
                start.tuning(),
                start.origin(),
                dataset.digest());
    }

    private static ModelPublisher.Draft draft(
            TrainingRequested command,
            Recipe recipe,
            SavedJob.Plan plan,
            Dataset dataset,
            FittedNetwork network,
            @Nullable ModelVersion champion) {
        ExportedNetwork export = network.export();
        return new ModelPublisher.Draft(
                command.model(),
                champion == null ? null : champion.version(),
                dataset.labels(),
                recipe.input(),
                null,
                export.engine(),
                export.engineReason(),
                recipe.name(),
                recipe.width(),
                dataset.digest(),
                Map.of(),
                "trained by Sandpiper on %d labelled pictures of the model %s, from %s%s"
                        .formatted(dataset.train().size(), command.model(), plan.origin(), kept(network.fitted())),
                export.parts(),
                command.jobId(),
                Instant.now());
    }

    /** Nothing, where the weights are those of the last epoch. */
    private static String kept(Fitted fitted) {
        return fitted.keptEpoch() == fitted.epochs()
                ? ""
                : "; the weights are those after epoch %d of %d".formatted(fitted.keptEpoch(), fitted.epochs());
    }
}
