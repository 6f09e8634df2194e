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
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
