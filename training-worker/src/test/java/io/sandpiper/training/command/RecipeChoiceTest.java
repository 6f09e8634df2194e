/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.TrainingRequested;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.Recipes;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeChoiceTest {

    private static final int MNIST_SIZE = 28;
    private static final int CIFAR_SIZE = 32;

    private final RecipeChoice choice = new RecipeChoice(Recipes.shipped());

    @Test
    void settings_goBeforeTheChampion() throws Exception {
        Recipe recipe = choice.anew(command(null, null), settings("cifar10-cnn", 40), manifest("mnist-cnn", 24));

        assertThat(recipe.name()).isEqualTo("cifar10-cnn");
        assertThat(recipe.input().height()).isEqualTo(40);
    }

    @Test
    void whatTheCommandSays_goesBeforeTheSettings() throws Exception {
        ModelConfigured settings = settings("cifar10-cnn", 40);

        assertThat(choice.anew(command("cifar10-cnn", 48), settings, null)
                        .input()
                        .width())
                .isEqualTo(48);
        Recipe other = choice.anew(command("mnist-cnn", null), settings, null);
        assertThat(other.name()).isEqualTo("mnist-cnn");
        assertThat(other.input().height())
                .as("the size in the settings is of another recipe")
                .isEqualTo(MNIST_SIZE);
        assertThat(choice.anew(command("cifar10-cnn", null), settings, null)
                        .input()
                        .height())
                .as("named, and the same")
                .isEqualTo(40);
    }

    @Test
    void sizeAlone_isOfTheRecipeThatIsUsual() throws Exception {
        ModelConfigured settings = settings(null, 40);

        Recipe champions = choice.anew(command(null, null), settings, manifest("cifar10-cnn", 24));
        assertThat(champions.name()).isEqualTo("cifar10-cnn");
        assertThat(champions.input().height()).isEqualTo(40);
        Recipe first = choice.anew(command(null, null), settings, null);
        assertThat(first.name()).isEqualTo("mnist-cnn");
        assertThat(first.input().height()).isEqualTo(40);
    }

    @Test
    void withoutSettings_itIsTheChampions() throws Exception {
        Recipe recipe = choice.anew(command(null, null), null, manifest("cifar10-cnn", 24));

        assertThat(recipe.name()).isEqualTo("cifar10-cnn");
        assertThat(recipe.input().height()).isEqualTo(24);
        assertThat(choice.anew(command("mnist-cnn", null), null, manifest("cifar10-cnn", 24))
                        .input()
                        .height())
                .isEqualTo(MNIST_SIZE);
        assertThat(choice.anew(command(null, null), null, manifest("imported", 24))
                        .name())
                .isEqualTo("mnist-cnn");
    }

    /** Its weights fit no other. */
    @Test
    void versionThatIsGoneOnFrom_keepsItsRecipe() throws Exception {
        Recipe recipe = choice.after(command(null, null), manifest("cifar10-cnn", CIFAR_SIZE));

        assertThat(recipe.name()).isEqualTo("cifar10-cnn");
        assertThat(recipe.input().height()).isEqualTo(CIFAR_SIZE);
    }

    @Test
    void settingsWithARecipeThatThereIsNot_nameThoseThereAre() {
        assertThatThrownBy(() -> choice.anew(command(null, null), settings("alexnet", null), null))
                .isInstanceOf(UnknownRecipeException.class)
                .hasMessageContaining("There is no recipe named alexnet; there are mnist-cnn");
    }

    private static TrainingRequested command(String recipe, Integer inputSize) {
        return new TrainingRequested(
                "job", "m", recipe, inputSize, null, null, null, Hyperparameters.OF_THE_RECIPE, Instant.EPOCH);
    }

    private static ModelConfigured settings(String recipe, Integer inputSize) {
        return new ModelConfigured("m", recipe, inputSize, null, null, "somebody", Instant.EPOCH);
    }

    private static ModelManifest manifest(String recipe, int size) {
        return new ModelManifest(
                "m",
                "1",
                null,
                List.of("a", "b"),
                new ModelManifest.Input(3, size, size, List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2)),
                null,
                "onnx",
                null,
                recipe,
                null,
                null,
                Map.of(),
                "drawn",
                Map.of(),
                null,
                Instant.EPOCH);
    }
}
