/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.archive.GoldenSet;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.schemas.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recipe that ships: it can be kept, read back, and served by either engine. */
class RecipesTest {

    private static final List<String> LABELS = List.of("a", "b", "c", "d");

    static Stream<String> names() {
        return Recipes.SHIPPED.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void network_writtenAndReadBack_answersTheSame(String name) throws Exception {
        Recipe recipe = Recipes.shipped().find(name);
        ComputationGraph network = network(recipe);

        try (Classifier before = new Dl4jClassifier(network, recipe.input(), LABELS);
                Classifier after =
                        new Dl4jClassifier(NetworkFile.read(NetworkFile.write(network)), recipe.input(), LABELS)) {
            GoldenSet.record(before).replay(after, 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void network_asOnnx_answersTheSame(String name) throws Exception {
        Recipe recipe = Recipes.shipped().find(name);
        ComputationGraph network = network(recipe);

        try (Classifier dl4j = new Dl4jClassifier(network, recipe.input(), LABELS);
                Classifier onnx = OnnxClassifier.load(
                        OnnxExport.write(network, recipe.input(), LABELS.size()), recipe.input(), LABELS)) {
            GoldenSet.record(dl4j).replay(onnx, 1e-4);
        }
    }

    @Test
    void mobileNet_hasTheSizeOfItsPaper_andTakesLargerPictures() throws Exception {
        Recipe recipe = Recipes.shipped().find("mobilenet-v2");

        long weights = network(recipe).numParams();
        // 2 223 872 weights before the last layer, as published, and running means and variances, which count here
        assertThat(weights - 1281 * LABELS.size()).isEqualTo(2_223_872 + 2 * 17_056);
        assertThat(network(recipe.withInputSize(224, 224)).numParams()).isEqualTo(weights);
    }

    /** The weights, running means and variances included, that Keras 2.15 counts in its MobileNetV2 without a top. */
    @ParameterizedTest
    @CsvSource({"0.35,410208", "0.5,706224", "0.75,1382064", "1.3,3766048", "1.4,4363712"})
    void mobileNet_hasKerasSizes_inEveryWidth(double width, long weights) throws Exception {
        Recipe recipe = Recipes.shipped().find("mobilenet-v2").withWidth(width);

        ComputationGraph network = network(recipe);

        long output = network.getLayer(
                        network.getConfiguration().getNetworkOutputs().get(0))
                .numParams();
        assertThat(network.numParams() - output).isEqualTo(weights);
    }

    @Test
    void recipeOfOnesOwn_isFound_andAskedForByName(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("mine.json"), Json.write(Recipes.shipped().find("mnist-cnn")));
        Files.writeString(folder.resolve("broken.json"), "{");
        Files.writeString(folder.resolve("Not A Name.json"), "{}");
        Recipes recipes = new Recipes(folder);

        assertThat(recipes.names()).containsExactly("mnist-cnn", "cifar10-cnn", "mobilenet-v2", "broken", "mine");
        assertThat(recipes.find("mine")).isEqualTo(Recipes.shipped().find("mnist-cnn"));
        assertThatThrownBy(() -> recipes.find("broken"))
                .isInstanceOf(UnknownRecipeException.class)
                .hasMessageStartingWith("The recipe broken cannot be read: ");
        assertThatThrownBy(() -> recipes.find("../mine")).isInstanceOf(UnknownRecipeException.class);
    }

    @Test
    void unknownName_isToldWithThoseThereAre() {
        assertThatThrownBy(() -> Recipes.shipped().find("alexnet"))
                .isInstanceOf(UnknownRecipeException.class)
                .hasMessage("There is no recipe named alexnet; there are mnist-cnn, cifar10-cnn, mobilenet-v2.");
    }

    private static ComputationGraph network(Recipe recipe) {
        OneDnn.enable();
        ComputationGraph network =
                new ComputationGraph(RecipeNetwork.configuration(recipe, recipe.training(), LABELS.size()));
        network.init();
        return network;
    }
}
