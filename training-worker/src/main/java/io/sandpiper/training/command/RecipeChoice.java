/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.Recipes;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import org.jspecify.annotations.Nullable;

/** By which recipe a training goes: what the command leaves out the model's settings say, what they leave out the champion. */
final class RecipeChoice {

    private final Recipes recipes;

    RecipeChoice(Recipes recipes) {
        this.recipes = recipes;
    }

    /** A new beginning: as the command says; else the settings; else the champion; else the one for small pictures. */
    Recipe anew(TrainingRequested command, @Nullable ModelConfigured settings, @Nullable ModelManifest champion)
            throws UnknownRecipeException {
        String champions = champion == null || !recipes.names().contains(champion.recipe()) ? null : champion.recipe();
        String set = settings == null ? null : settings.recipe();
        String usual = set != null ? set : champions == null ? Recipes.DEFAULT : champions;
        String wanted = command.recipe() == null ? usual : command.recipe();
        Recipe recipe = recipes.find(wanted);
        if (champion != null && wanted.equals(champions)) {
            recipe = as(champion, recipe);
        }
        Integer size = settings == null ? null : settings.inputSize();
        if (size != null && wanted.equals(usual)) {
            recipe = recipe.withInputSize(size, size);
        }
        return asAsked(command, recipe);
    }

    /** Going on from a version: as it was trained, unless the command says otherwise. */
    Recipe after(TrainingRequested command, ModelManifest base) throws UnknownRecipeException {
        String wanted = command.recipe() == null ? base.recipe() : command.recipe();
        Recipe recipe = recipes.find(wanted);
        return asAsked(command, wanted.equals(base.recipe()) ? as(base, recipe) : recipe);
    }

    private static Recipe as(ModelManifest example, Recipe recipe) {
        Recipe sized =
                recipe.withInputSize(example.input().height(), example.input().width());
        return example.width() == null ? sized : sized.withWidth(example.width());
    }

    private static Recipe asAsked(TrainingRequested command, Recipe recipe) {
        Recipe asked = recipe;
        if (command.inputSize() != null) {
            asked = asked.withInputSize(command.inputSize(), command.inputSize());
        }
        if (command.width() != null) {
            asked = asked.withWidth(command.width());
        }
        return command.pretrained() == null ? asked : asked.withPretrained(command.pretrained());
    }
}
