/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static io.sandpiper.training.fit.Fittings.LABELS;
import static io.sandpiper.training.fit.Fittings.SMALL;
import static io.sandpiper.training.fit.Fittings.digits;
import static io.sandpiper.training.fit.Fittings.fit;
import static io.sandpiper.training.fit.Fittings.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.archive.GoldenSet;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.fit.Fittings.Told;
import io.sandpiper.training.fit.pretrained.UnusableWeightsException;
import io.sandpiper.training.fit.pretrained.VersionWeights;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import io.sandpiper.training.fit.recipe.Recipes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that begin where a version stands. */
class VersionStartTest {

    private static ModelArchive version;
    private static double accuracy;

    @BeforeAll
    static void fitAVersion() throws Exception {
        Dataset dataset = dataset(LABELS);
        try (FittedNetwork network = fit(SMALL, wanted("{'epochs': 8}"), dataset, Start.AT_RANDOM, new Told(), null)) {
            version = archive(network.export().parts());
            accuracy = Validation.of(network.classifier(), dataset.validation(), null)
                    .accuracy();
        }
    }

    @Test
    void fittingFromAVersion_isAsGoodAfterOneEpoch_whereARandomOneIsNot() throws Exception {
        Hyperparameters oneEpoch = wanted("{'epochs': 1, 'learningRate': 0.0002}");
        VersionWeights weights = VersionWeights.of(version, LABELS);
        Told fromVersion = new Told();
        Told fromScratch = new Told();

        fit(SMALL, oneEpoch, dataset(LABELS), start(weights, oneEpoch), fromVersion, null);
        fit(SMALL, oneEpoch, dataset(LABELS), Start.AT_RANDOM, fromScratch, null);

        assertThat(accuracy).isGreaterThan(0.9);
        assertThat(fromVersion.validations.get(0).accuracy()).isGreaterThan(accuracy - 0.05);
        assertThat(fromScratch.validations.get(0).accuracy()).isLessThan(accuracy - 0.1);
        assertThat(weights.origin()).isEqualTo("the weights of version 3");
    }

    @Test
    void otherClasses_getALastLayerOfTheirOwn_onTheSameFeatures() throws Exception {
        List<String> others = List.of("0", "1", "4", "7");
        VersionWeights weights = VersionWeights.of(version, others);
        ComputationGraph network = network(SMALL, others.size());
        ComputationGraph learned = network(SMALL, LABELS.size());
        VersionWeights.of(version, LABELS).copyTo(learned);

        weights.copyTo(network);

        assertThat(weights.hasNewHead()).isTrue();
        assertThat(weights.origin()).contains("version 3").contains("last layer was left out");
        for (String layer : List.of("convolution-1", "batch-norm-2", "dense-5")) {
            assertThat(network.getLayer(layer).params())
                    .as(layer)
                    .isEqualTo(learned.getLayer(layer).params());
        }
        Recipe.FineTuning tuning =
                SMALL.training().fineTuning().fromVersion(Hyperparameters.OF_THE_RECIPE, weights.hasNewHead());
        assertThat(Phase.of(SMALL.training(), tuning))
                .as("first the new layer, then all at a tenth")
                .containsExactly(new Phase(1, 3, 1, 1), new Phase(4, 4, Integer.MAX_VALUE, 0.1));
    }

    @Test
    void learningRateThatWasAskedFor_isMeantAsItStands_andUnfrozenLayersAreTheLastOnes() {
        Hyperparameters asked = wanted("{'learningRate': 0.01, 'unfrozenLayers': 1}");
        Recipe.Training training = SMALL.training().with(asked);

        assertThat(Phase.of(training, training.fineTuning().fromVersion(asked, false)))
                .containsExactly(new Phase(1, 0, 1, 1), new Phase(1, 4, 2, 1));
    }

    @Test
    void anotherNetwork_isRefused_withWhatDiffers() throws Exception {
        VersionWeights weights = VersionWeights.of(version, LABELS);

        assertThatThrownBy(() -> weights.copyTo(network(SMALL.withWidth(2), LABELS.size())))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining(
                        "its convolution-1 has W [8, 1, 3, 3], the recipe's convolution-1 has W [16, 1, 3, 3]")
                .hasMessageEndingWith("or train from scratch.");
        assertThatThrownBy(() -> weights.copyTo(network(Recipes.shipped().find("mnist-cnn"), LABELS.size())))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("it has 4 layers with weights, the recipe has 5");
    }

    @Test
    void versionThatServesOnly_isRefused() {
        assertThatThrownBy(() -> VersionWeights.requireIn(archive(Map.of(ModelArchive.ONNX, new byte[1]))))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessage(
                        "Version 3 of m is an ONNX file from elsewhere: it can serve, and not be trained on. Train from scratch, or from a version that was trained here.");
    }

    /** What ships can be trained on: the recipe has the same input, and its network answers as the archive says. */
    @ParameterizedTest
    @CsvSource({"mnist,mnist-cnn", "cifar10,cifar10-cnn"})
    void modelThatShips_canBeTrainedOn(String model, String recipeName) throws Exception {
        Path folder = Path.of("..", "models", model);
        ModelArchive shipped = ModelArchive.read(
                Files.readAllBytes(folder.resolve(ModelArchive.MANIFEST)),
                (name, maxBytes) -> Optional.of(Files.readAllBytes(folder.resolve(name))));
        Recipe recipe = Recipes.shipped().find(recipeName);
        List<String> labels = shipped.manifest().labels();
        ComputationGraph network = network(recipe, labels.size());

        VersionWeights.of(shipped, labels).copyTo(network);

        assertThat(recipe.input()).isEqualTo(shipped.manifest().input());
        try (Classifier classifier = new Dl4jClassifier(network, recipe.input(), labels)) {
            Json.read(shipped.parts().get(ModelArchive.GOLDEN), GoldenSet.class).replay(classifier);
        }
    }

    private static Start start(VersionWeights weights, Hyperparameters wanted) {
        return new Start(weights, SMALL.training().fineTuning().fromVersion(wanted, weights.hasNewHead()));
    }

    private static Dataset dataset(List<String> labels) throws Exception {
        return new Dataset("d", labels, digits(0, 16), digits(500, 10), digits(1000, 2));
    }

    private static ComputationGraph network(Recipe recipe, int classes) {
        OneDnn.enable();
        ComputationGraph network =
                new ComputationGraph(RecipeNetwork.configuration(recipe, recipe.training(), classes));
        network.init();
        return network;
    }

    private static ModelArchive archive(Map<String, byte[]> parts) {
        return new ModelArchive(
                new ModelManifest(
                        "m",
                        "3",
                        null,
                        LABELS,
                        SMALL.input(),
                        null,
                        ModelArchive.ENGINE_ONNX,
                        null,
                        SMALL.name(),
                        null,
                        null,
                        Map.of(),
                        "a test",
                        ModelArchive.describe(parts),
                        null,
                        Instant.EPOCH),
                parts);
    }
}
