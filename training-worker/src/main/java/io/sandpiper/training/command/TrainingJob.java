/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.checkpoint.Checkpoints;
import io.sandpiper.training.checkpoint.SavedJob;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.DatasetLoader;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.dataset.UnusableDatasetException;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.evaluate.PromotionGate;
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
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** From labelled pictures to a version. Runs on the calling thread, for as long as it takes. */
@Component
final class TrainingJob {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

    private final TrainingProperties properties;
    private final Recipes recipes;
    private final PretrainedFiles pretrained;
    private final DatasetLoader datasets;
    private final ObjectStore store;
    private final ModelRegistryReader registry;
    private final ModelPublisher models;
    private final Checkpoints checkpoints;

    TrainingJob(
            TrainingProperties properties,
            PretrainedFiles pretrained,
            DatasetLoader datasets,
            ObjectStore store,
            ModelRegistryReader registry,
            ModelPublisher models,
            Checkpoints checkpoints) {
        this.properties = properties;
        this.recipes = new Recipes(properties.recipes());
        this.pretrained = pretrained;
        this.datasets = datasets;
        this.store = store;
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
        progress.loading(0);
        Dataset dataset = from.isPresent()
                ? datasets.loadAgain(
                        command.model(), from.get().plan().datasetDigest(), recipe.input(), progress::loading)
                : datasets.load(command.model(), recipe.input(), progress::loading);
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
            EvaluationReport report = Evaluator.evaluate(
                    command.model(),
                    network.classifier(),
                    dataset.test(),
                    dataset.train().size());
            PromotionGate.Decision decision = PromotionGate.decide(report, championReport(champion, dataset));
            progress.publishing();
            ModelVersion version = models.store(draft(command, recipe, plan, dataset, network, report, champion));
            TrainingCompleted completed = new TrainingCompleted(
                    command.jobId(),
                    command.model(),
                    version.version(),
                    report.accuracy(),
                    decision.promote(),
                    decision.reason(),
                    Instant.now());
            return JobResult.of(
                    version,
                    decision.promote(),
                    decision.reason(),
                    completed,
                    () -> checkpoints.deleteOthers(command.jobId(), Optional.empty()));
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
        ModelManifest serving = champion == null ? null : manifest(champion);
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

    /** Null when it cannot be read: a broken champion is a reason to train, not one to give up. */
    private @Nullable ModelManifest manifest(ModelVersion version) {
        try {
            return ModelArchive.loadManifest(version, source(version));
        } catch (InvalidArchiveException | IOException e) {
            LOG.error("The manifest of {} {} cannot be read", version.model(), version.version(), e);
            return null;
        }
    }

    private ModelArchive.Source source(ModelVersion version) {
        return (name, maxBytes) ->
                store.get(ObjectKeys.archivePart(version.model(), version.version(), name), maxBytes);
    }

    /** The champion on the same pictures; null when there is none to compare with. */
    private @Nullable EvaluationReport championReport(@Nullable ModelVersion champion, Dataset dataset)
            throws InterruptedException {
        if (champion == null || !PromotionGate.comparable(dataset.labels(), champion.labels())) {
            return null;
        }
        try (Classifier classifier =
                ModelArchive.load(champion, source(champion)).open()) {
            List<Sample> heldOut = dataset.test();
            if (!Tensors.fits(heldOut.get(0).pixels(), classifier.input())) {
                heldOut = datasets.heldOut(champion.model(), dataset.digest(), classifier.input());
            }
            return Evaluator.evaluate(champion.model(), classifier, heldOut, 0);
        } catch (InvalidArchiveException | IOException e) {
            LOG.error("The champion {} {} cannot be compared with", champion.model(), champion.version(), e);
            return null;
        }
    }

    private static ModelPublisher.Draft draft(
            TrainingRequested command,
            Recipe recipe,
            SavedJob.Plan plan,
            Dataset dataset,
            FittedNetwork network,
            EvaluationReport report,
            @Nullable ModelVersion champion) {
        ExportedNetwork export = network.export();
        Map<String, byte[]> parts = new TreeMap<>(export.parts());
        parts.put(ModelArchive.REPORT, Json.writePretty(report));
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
                metrics(report),
                "trained by Sandpiper on %d labelled pictures of the model %s, from %s"
                        .formatted(dataset.train().size(), command.model(), plan.origin()),
                parts,
                command.jobId(),
                Instant.now());
    }

    private static Map<String, Double> metrics(EvaluationReport report) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("accuracy", report.accuracy());
        metrics.put("loss", report.loss());
        metrics.put("macroF1", report.macroF1());
        metrics.put("testImages", (double) report.images());
        if (report.macroRocAuc() != null) {
            metrics.put("macroRocAuc", report.macroRocAuc());
        }
        return metrics;
    }
}
