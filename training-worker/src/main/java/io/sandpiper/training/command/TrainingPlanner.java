/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.checkpoint.SavedJob;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.fit.Start;
import io.sandpiper.training.fit.pretrained.PretrainedFiles;
import io.sandpiper.training.fit.pretrained.PretrainedWeights;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.pretrained.VersionWeights;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.Recipes;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import io.sandpiper.training.publish.StoredModels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides by which recipe a training goes, and with whose weights it begins. */
@Component
final class TrainingPlanner {

    private final Recipes recipes;
    private final RecipeChoice choice;
    private final PretrainedFiles pretrained;
    private final StoredModels stored;
    private final ModelRegistryReader registry;

    TrainingPlanner(
            TrainingProperties properties,
            PretrainedFiles pretrained,
            StoredModels stored,
            ModelRegistryReader registry) {
        this.recipes = new Recipes(properties.recipes());
        this.choice = new RecipeChoice(recipes);
        this.pretrained = pretrained;
        this.stored = stored;
        this.registry = registry;
    }

    /** @param base the version whose weights it begins with; null: none */
    record Outline(Recipe recipe, @Nullable ModelArchive base) {}

    /** As it was when the job began, whatever the champion is by now. */
    Recipe recipe(TrainingRequested command, SavedJob.Plan plan) throws UnknownRecipeException {
        Recipe recipe = recipes.find(plan.recipe()).withInputSize(plan.inputHeight(), plan.inputWidth());
        recipe = plan.width() == null ? recipe : recipe.withWidth(plan.width());
        return recipe.withAugmentation(command.hyperparameters());
    }

    /** @param settings of the model, if it has some; a version that is gone on from goes before them */
    Outline outline(TrainingRequested command, @Nullable ModelVersion champion, @Nullable ModelConfigured settings)
            throws UnknownRecipeException, UnusableWeightsException {
        ModelArchive base = base(command, champion);
        Recipe recipe;
        if (base == null) {
            ModelManifest example =
                    champion == null ? null : stored.manifest(champion).orElse(null);
            recipe = choice.anew(command, settings, example);
        } else {
            recipe = choice.after(command, base.manifest());
            requireSame(recipe, base.manifest());
        }
        recipe = command.from() == null ? recipe : recipe.withoutPretrained();
        return new Outline(recipe.withAugmentation(command.hyperparameters()), base);
    }

    /** Brings the weights, where there are some to begin with; blocks while they are fetched. */
    Start start(TrainingRequested command, Outline outline, Dataset dataset)
            throws UnusableWeightsException, InterruptedException {
        Recipe recipe = outline.recipe();
        if (outline.base() != null) {
            VersionWeights weights = VersionWeights.of(outline.base(), dataset.labels());
            return new Start(
                    weights,
                    recipe.training().fineTuning().fromVersion(command.hyperparameters(), weights.hasNewHead()));
        }
        if (recipe.pretrained() == null) {
            return Start.AT_RANDOM;
        }
        PretrainedWeights weights = pretrained.load(recipe.pretrained());
        return new Start(
                weights, recipe.training().with(command.hyperparameters()).fineTuning());
    }

    private @Nullable ModelArchive base(TrainingRequested command, @Nullable ModelVersion champion)
            throws UnusableWeightsException {
        String from = command.from();
        if (from == null || from.equals(TrainingRequested.FROM_SCRATCH)) {
            return null;
        }
        ModelVersion version = from.equals(TrainingRequested.FROM_CHAMPION) ? champion : version(command.model(), from);
        if (version == null) {
            throw new UnusableWeightsException(
                    from.equals(TrainingRequested.FROM_CHAMPION)
                            ? "No version of %s serves: there is none to go on from. Train from scratch."
                                    .formatted(command.model())
                            : "%s has no version %s to go on from. GET /v1/models/%s lists them."
                                    .formatted(command.model(), from, command.model()));
        }
        ModelArchive archive = stored.archive(version)
                .orElseThrow(() -> new UnusableWeightsException(
                        "Version %s of %s cannot be read from the object store; the training worker's log says why. Train from scratch, or from another version."
                                .formatted(version.version(), version.model())));
        VersionWeights.requireIn(archive);
        return archive;
    }

    private @Nullable ModelVersion version(String model, String name) {
        ModelRegistry.Model known = registry.current().models().get(model);
        return known == null ? null : known.versions().get(name);
    }

    /** Weights that learned to look at other pictures, or in another way, begin with nothing. */
    private static void requireSame(Recipe recipe, ModelManifest base) throws UnusableWeightsException {
        double width = base.width() == null ? 1 : base.width();
        if (!recipe.name().equals(base.recipe())
                || !Objects.equals(recipe.input(), base.input())
                || recipe.widthOrOne() != width) {
            throw new UnusableWeightsException(
                    "Version %s of %s goes by %s, not by %s: leave out recipe, input size and width, or train from scratch."
                            .formatted(
                                    base.version(),
                                    base.model(),
                                    described(base.recipe(), base.input(), width),
                                    described(recipe.name(), recipe.input(), recipe.widthOrOne())));
        }
    }

    private static String described(String recipe, ModelManifest.Input input, double width) {
        return "%s with %d x %d x %d pixels, mean %s, std %s, width %s"
                .formatted(recipe, input.channels(), input.height(), input.width(), input.mean(), input.std(), width);
    }
}
