/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TrainingCompleted;
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
import io.sandpiper.training.fit.pretrained.PretrainedFiles;
import io.sandpiper.training.fit.pretrained.PretrainedWeights;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.Recipes;
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
    private final Recipes recipes;
    private final PretrainedFiles pretrained;
    private final DatasetFirewall firewall;
    private final StoredModels stored;
    private final Judge judge;
    private final ModelRegistryReader registry;
    private final ModelPublisher models;
    private final Checkpoints checkpoints;

    TrainingJob(
            TrainingProperties properties,
            PretrainedFiles pretrained,
            DatasetFirewall firewall,
            StoredModels stored,
            Judge judge,
            ModelRegistryReader registry,
            ModelPublisher models,
            Checkpoints checkpoints) {
        this.properties = properties;
        this.recipes = new Recipes(properties.recipes());
        this.pretrained = pretrained;
        this.firewall = firewall;
        this.stored = stored;
        this.judge = judge;
        this.registry = registry;
        this.models = models;
        this.checkpoints = checkpoints;
    }

    /**
     * @param named where an earlier worker left it; null: nobody began
     * @param unwanted whether it is to stop
     */
    JobResult run(TrainingRequested command, @Nullable Checkpoint named, JobLog log, BooleanSupplier unwanted)
            throws UnusableDatasetException, UnknownRecipeException, UnusableWeightsException, InvalidArchiveException,
                    InterruptedException {
        Optional<SavedJob> from = named == null ? Optional.empty() : checkpoints.find(named);
        ModelVersion champion = registry.current().champion(command.model());
        Recipe recipe = from.isPresent() ? recipe(from.get().plan()) : recipe(command, champion);
        Recipe.Training training = recipe.training().with(command.hyperparameters());
        JobProgress progress =
                new JobProgress(command, training.epochs(), from.isPresent() ? named : null, log, unwanted);
        InsufficientMemoryException.requireRoom("A step", training.batchSize(), recipe.input(), BYTES_A_SAMPLE);
        progress.loading(0);
        DatasetFirewall.Checked checked = from.isPresent()
                ? firewall.loadAgain(
                        command.model(), from.get().plan().datasetDigest(), recipe.input(), progress::loading)
                : check(command.model(), recipe, champion, progress);
        Dataset dataset = checked.dataset();
        PretrainedWeights weights =
                recipe.pretrained() == null || from.isPresent() ? null : pretrained.load(recipe.pretrained());
        SavedJob.Plan plan = from.map(SavedJob::plan).orElseGet(() -> plan(recipe, weights, dataset));
        Fitter fitter = new Fitter(
                recipe,
                training,
                dataset,
                properties.replicas(),
                progress.whileFitting(dataset, plan, checkpoints),
                weights);
        try (FittedNetwork network = fitter.fit(from.map(SavedJob::state).orElse(null))) {
            progress.evaluating();
            ModelPublisher.Draft draft = draft(command, recipe, plan, dataset, network.export(), champion);
            Judge.Verdict verdict;
            try (Classifier candidate = models.open(draft)) {
                verdict = judge.judge(command.model(), candidate, champion, dataset);
            }
            progress.publishing();
            ModelVersion version = models.store(draft.with(verdict.report()));
            TrainingCompleted completed = new TrainingCompleted(
                    command.jobId(),
                    command.model(),
                    version.version(),
                    verdict.report().accuracy(),
                    verdict.decision().promote(),
                    verdict.decision().reason(),
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

    private static SavedJob.Plan plan(Recipe recipe, @Nullable PretrainedWeights weights, Dataset dataset) {
        return new SavedJob.Plan(
                recipe.name(),
                recipe.input().height(),
                recipe.input().width(),
                recipe.width(),
                recipe.pretrained() == null ? null : recipe.pretrained().file(),
                weights == null ? "random weights" : weights.origin(),
                dataset.digest());
    }

    /** As it was when the job began, whatever the champion is by now. */
    private Recipe recipe(SavedJob.Plan plan) throws UnknownRecipeException {
        Recipe recipe = recipes.find(plan.recipe()).withInputSize(plan.inputHeight(), plan.inputWidth());
        recipe = plan.width() == null ? recipe : recipe.withWidth(plan.width());
        return plan.pretrained() == null ? recipe : recipe.withPretrained(plan.pretrained());
    }

    /** As the command says; else the champion's, where we know that one; else the one for small pictures. */
    private Recipe recipe(TrainingRequested command, @Nullable ModelVersion champion) throws UnknownRecipeException {
        ModelManifest serving =
                champion == null ? null : stored.manifest(champion).orElse(null);
        String known = serving == null || !recipes.names().contains(serving.recipe()) ? null : serving.recipe();
        String wanted = command.recipe() != null ? command.recipe() : known == null ? Recipes.DEFAULT : known;
        Recipe recipe = recipes.find(wanted);
        if (serving != null && wanted.equals(known)) {
            recipe = recipe.withInputSize(
                    serving.input().height(), serving.input().width());
            recipe = serving.width() == null ? recipe : recipe.withWidth(serving.width());
        }
        if (command.inputSize() != null) {
            recipe = recipe.withInputSize(command.inputSize(), command.inputSize());
        }
        if (command.width() != null) {
            recipe = recipe.withWidth(command.width());
        }
        return command.pretrained() == null ? recipe : recipe.withPretrained(command.pretrained());
    }

    private static ModelPublisher.Draft draft(
            TrainingRequested command,
            Recipe recipe,
            SavedJob.Plan plan,
            Dataset dataset,
            ExportedNetwork export,
            @Nullable ModelVersion champion) {
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
                "trained by Sandpiper on %d labelled pictures of the model %s, from %s"
                        .formatted(dataset.train().size(), command.model(), plan.origin()),
                export.parts(),
                command.jobId(),
                Instant.now());
    }
}
