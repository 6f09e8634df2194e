/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.fit.pretrained.PretrainedWeights;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import io.sandpiper.training.fit.recipe.Recipes;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class FitterTest {

    @TempDir
    private Path recipes;

    private static final Path PRETRAINED = Path.of("src", "test", "resources", "pretrained");
    private static final List<String> LABELS = List.of("0", "1", "7");

    @Test
    void network_learnsDrawnDigits() throws Exception {
        Dataset dataset = new Dataset("d", LABELS, digits(0, 40), List.of(), digits(1000, 20));
        List<Integer> epochs = new ArrayList<>();

        FittedNetwork network = fitter(dataset, new Hyperparameters(6, 16, 0.003, 1L, null, null), progress(epochs))
                .fit(null);

        assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Evaluator.evaluate("m", network.classifier(), dataset.test(), 0)
                        .report()
                        .accuracy())
                .isGreaterThan(0.9);
    }

    @Test
    void sameSeed_givesTheSameWeights() throws Exception {
        Dataset dataset = new Dataset("d", LABELS, digits(0, 10), List.of(), digits(1000, 2));
        Hyperparameters twoEpochs = new Hyperparameters(2, 8, 0.002, 5L, null, null);

        FittedNetwork one =
                fitter(dataset, twoEpochs, progress(new ArrayList<>())).fit(null);
        FittedNetwork other =
                fitter(dataset, twoEpochs, progress(new ArrayList<>())).fit(null);

        assertThat(one.file()).isEqualTo(other.file());
    }

    /** Whoever goes on from a checkpoint comes to the very same weights as whoever never stopped. */
    @ParameterizedTest
    @ValueSource(strings = {"mnist-cnn", "cifar10-cnn"})
    void fittingThatGoesOn_endsWhereItWouldHaveWithoutAStop(String name) throws Exception {
        Recipe recipe = Recipes.shipped().find(name);
        int channels = recipe.input().channels();
        int side = recipe.input().height();
        Dataset dataset =
                new Dataset("d", LABELS, digits(channels, side, 0, 8), List.of(), digits(channels, side, 1000, 2));
        Recipe.Training training = recipe.training().with(new Hyperparameters(3, 8, 0.002, 5L, null, null));
        List<FitState> states = new ArrayList<>();

        FittedNetwork whole = new Fitter(recipe, training, dataset, 2, keeping(states), Start.AT_RANDOM).fit(null);

        for (FitState state : states) {
            List<Integer> epochs = new ArrayList<>();
            FittedNetwork resumed =
                    new Fitter(recipe, training, dataset, 2, progress(epochs), Start.AT_RANDOM).fit(state);
            assertThat(epochs).hasSize(3 - state.epoch());
            assertThat(weights(resumed)).as("from epoch " + state.epoch()).isEqualTo(weights(whole));
        }
    }

    @Test
    void fittingThatGoesOn_inTheMiddleOfFineTuning_endsTheSame() throws Exception {
        Recipe recipe = tiny();
        PretrainedWeights weights = PretrainedWeights.read(PRETRAINED.resolve("tiny.h5"), "tiny.h5");
        Dataset dataset = new Dataset("d", LABELS, digits(3, 16, 0, 10), List.of(), digits(3, 16, 1000, 2));
        Recipe.Training training = recipe.training().with(new Hyperparameters(5, 8, null, 1L, 2, 3));
        Start start = new Start(weights, training.fineTuning());
        List<FitState> states = new ArrayList<>();

        FittedNetwork whole = new Fitter(recipe, training, dataset, 2, keeping(states), start).fit(null);

        for (FitState state : states) {
            FittedNetwork resumed =
                    new Fitter(recipe, training, dataset, 2, progress(new ArrayList<>()), start).fit(state);
            assertThat(weights(resumed)).as("from epoch " + state.epoch()).isEqualTo(weights(whole));
        }
    }

    @Test
    void pretrainedWeights_learnFromTheEndOn() throws Exception {
        Recipe recipe = tiny();
        PretrainedWeights weights = PretrainedWeights.read(PRETRAINED.resolve("tiny.h5"), "tiny.h5");
        Dataset dataset = new Dataset("d", LABELS, digits(3, 16, 0, 10), List.of(), digits(3, 16, 1000, 2));
        ComputationGraph before =
                new ComputationGraph(RecipeNetwork.configuration(recipe, recipe.training(), LABELS.size()));
        before.init();
        weights.copyTo(before);

        ComputationGraph headOnly = fineTuned(recipe, weights, dataset, new Hyperparameters(2, 8, null, 1L, 2, 3));
        ComputationGraph all = fineTuned(recipe, weights, dataset, new Hyperparameters(4, 8, null, 1L, 2, 3));

        assertThat(changed(before, headOnly)).isEqualTo(lastWithWeights(before, 1));
        assertThat(changed(before, all))
                .as("the last three layers with weights, and the output")
                .isEqualTo(lastWithWeights(before, 4));
    }

    private static ComputationGraph fineTuned(
            Recipe recipe, PretrainedWeights weights, Dataset dataset, Hyperparameters wanted) throws Exception {
        Recipe.Training training = recipe.training().with(wanted);
        Start start = new Start(weights, training.fineTuning());
        Fitter fitter = new Fitter(recipe, training, dataset, 2, progress(new ArrayList<>()), start);
        try (FittedNetwork fitted = fitter.fit(null)) {
            return NetworkFile.read(fitted.file());
        }
    }

    private static List<String> withWeights(ComputationGraph network) {
        return Arrays.stream(network.getLayers())
                .filter(layer -> layer.numParams() > 0)
                .map(layer -> layer.conf().getLayer().getLayerName())
                .toList();
    }

    private static List<String> lastWithWeights(ComputationGraph network, int count) {
        List<String> names = withWeights(network);
        return names.subList(names.size() - count, names.size());
    }

    private static List<String> changed(ComputationGraph before, ComputationGraph after) {
        return withWeights(after).stream()
                .filter(name -> !before.getLayer(name)
                        .params()
                        .equals(after.getLayer(name).params()))
                .toList();
    }

    @Test
    void interrupted_stops() throws Exception {
        Dataset dataset = new Dataset("d", LABELS, digits(0, 4), List.of(), digits(1000, 2));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> fitter(
                                dataset, new Hyperparameters(1, 8, 0.002, 5L, null, null), progress(new ArrayList<>()))
                        .fit(null))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Fitter fitter(Dataset dataset, Hyperparameters wanted, Fitter.Progress progress)
            throws UnknownRecipeException {
        Recipe recipe = Recipes.shipped().find("mnist-cnn");
        return new Fitter(recipe, recipe.training().with(wanted), dataset, 2, progress, Start.AT_RANDOM);
    }

    private static INDArray weights(FittedNetwork network) throws Exception {
        return NetworkFile.read(network.file()).params();
    }

    private Recipe tiny() throws Exception {
        Files.copy(PRETRAINED.resolve("tiny-recipe.json"), recipes.resolve("tiny.json"));
        return new Recipes(recipes).find("tiny");
    }

    private static Fitter.Progress keeping(List<FitState> states) {
        return new Fitter.Progress() {
            @Override
            public void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta) {}

            @Override
            public void onEpoch(int epoch, @Nullable Validation validation, Supplier<FitState> state) {
                states.add(state.get());
            }
        };
    }

    private static Fitter.Progress progress(List<Integer> epochs) {
        return new Fitter.Progress() {
            @Override
            public void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta) {
                assertThat(loss).isFinite();
                assertThat(step).isBetween(1, steps);
            }

            @Override
            public void onEpoch(int epoch, @Nullable Validation validation, Supplier<FitState> state) {
                epochs.add(epoch);
            }
        };
    }

    private static List<Sample> digits(long firstSeed, int each) throws ImageRejectedException {
        return digits(1, 28, firstSeed, each);
    }

    private static List<Sample> digits(int channels, int side, long firstSeed, int each) throws ImageRejectedException {
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < LABELS.size(); label++) {
            samples.addAll(Fittings.digits(LABELS.get(label), label, channels, side, firstSeed, each));
        }
        return samples;
    }
}
