/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.Recipes;
import io.sandpiper.training.fit.recipe.UnknownRecipeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class FitterTest {

    private static final List<String> LABELS = List.of("0", "1", "7");

    @Test
    void network_learnsDrawnDigits() throws Exception {
        Dataset dataset = new Dataset("d", LABELS, digits(0, 40), digits(1000, 20));
        List<Integer> epochs = new ArrayList<>();

        FittedNetwork network = fitter(dataset, new Hyperparameters(6, 16, 0.003, 1L), progress(epochs))
                .fit();

        assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Evaluator.evaluate("m", network.classifier(), dataset.test(), 0)
                        .accuracy())
                .isGreaterThan(0.9);
    }

    @Test
    void sameSeed_givesTheSameWeights() throws Exception {
        Dataset dataset = new Dataset("d", LABELS, digits(0, 10), digits(1000, 2));
        Hyperparameters twoEpochs = new Hyperparameters(2, 8, 0.002, 5L);

        FittedNetwork one =
                fitter(dataset, twoEpochs, progress(new ArrayList<>())).fit();
        FittedNetwork other =
                fitter(dataset, twoEpochs, progress(new ArrayList<>())).fit();

        assertThat(one.file()).isEqualTo(other.file());
    }

    @Test
    void interrupted_stops() throws Exception {
        Dataset dataset = new Dataset("d", LABELS, digits(0, 4), digits(1000, 2));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> fitter(dataset, new Hyperparameters(1, 8, 0.002, 5L), progress(new ArrayList<>()))
                        .fit())
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Fitter fitter(Dataset dataset, Hyperparameters wanted, Fitter.Progress progress)
            throws UnknownRecipeException {
        Recipe recipe = Recipes.find("mnist-cnn");
        return new Fitter(recipe, recipe.training().with(wanted), dataset, 2, progress);
    }

    private static Fitter.Progress progress(List<Integer> epochs) {
        return new Fitter.Progress() {
            @Override
            public void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta) {
                assertThat(loss).isFinite();
                assertThat(step).isBetween(1, steps);
            }

            @Override
            public void onEpoch(int epoch, Classifier classifier) {
                epochs.add(epoch);
            }
        };
    }

    private static List<Sample> digits(long firstSeed, int each) throws ImageRejectedException {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < LABELS.size(); label++) {
            int digit = Integer.parseInt(LABELS.get(label));
            for (int i = 0; i < each; i++) {
                samples.add(new Sample(decoder.decode(DrawnDigits.png(digit, firstSeed + i), 1, 28, 28), label));
            }
        }
        return samples;
    }
}
