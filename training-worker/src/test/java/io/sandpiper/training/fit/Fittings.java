/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.fit.recipe.Recipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A small network, drawn digits to fit it to, and what is told while it is fitted. */
final class Fittings {

    /** For 0, 1 and 7 as 16 x 16 grey pixels. */
    static final Recipe SMALL = recipe("""
            {"type": "CONVOLUTION", "filters": 8}, {"type": "BATCH_NORM"}, {"type": "RELU"}, {"type": "MAX_POOL"},
            {"type": "DENSE", "filters": 16}, {"type": "RELU"}, {"type": "DROPOUT", "rate": 0.1}""");

    static final List<String> LABELS = List.of("0", "1", "7");

    private Fittings() {}

    static Recipe recipe(String layers) {
        return Json.read("""
                {"name": "small", "description": "For tests.",
                 "input": {"channels": 1, "height": 16, "width": 16, "mean": [0.5], "std": [0.5]},
                 "augmentation": {"maxShift": 1, "mirror": 0.0, "invert": 0.0},
                 "training": {"optimizer": "ADAM", "epochs": 4, "batchSize": 8, "learningRate": 0.005, "warmup": 0.0,
                              "l2": 0.0, "labelSmoothing": 0.0, "seed": 42},
                 "layers": [%s]}""".formatted(layers).getBytes(StandardCharsets.UTF_8), Recipe.class);
    }

    /** @param json with ' for " */
    static Hyperparameters wanted(String json) {
        return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Hyperparameters.class);
    }

    /** Fits with two replicas. */
    static FittedNetwork fit(
            Recipe recipe, Hyperparameters wanted, Dataset dataset, Start start, Told told, @Nullable FitState from)
            throws Exception {
        return new Fitter(recipe.withAugmentation(wanted), recipe.training().with(wanted), dataset, 2, told, start)
                .fit(from);
    }

    static INDArray weights(FittedNetwork network) throws Exception {
        return NetworkFile.read(network.file()).params();
    }

    static List<Sample> digits(long firstSeed, int each) throws ImageRejectedException {
        List<Sample> samples = new ArrayList<>();
        for (int label = 0; label < LABELS.size(); label++) {
            samples.addAll(digits(LABELS.get(label), label, 1, 16, firstSeed, each));
        }
        return samples;
    }

    static List<Sample> digits(String digit, int label, int channels, int side, long firstSeed, int count)
            throws ImageRejectedException {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] png = DrawnDigits.png(Integer.parseInt(digit), firstSeed + i);
            samples.add(new Sample(decoder.decode(png, channels, side, side), label));
        }
        return samples;
    }

    /** The same pictures, each under the next label: whoever learns does worse and worse on them. */
    static List<Sample> mislabelled(List<Sample> samples) {
        return samples.stream()
                .map(sample -> new Sample(sample.pixels(), (sample.label() + 1) % LABELS.size()))
                .toList();
    }

    /** Remembers what it was told. */
    static final class Told implements Fitter.Progress {

        final List<FitState> states = new ArrayList<>();
        final List<Validation> validations = new ArrayList<>();

        @Override
        public void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta) {}

        @Override
        public void onEpoch(int epoch, @Nullable Validation validation, Supplier<FitState> state) {
            states.add(state.get());
            if (validation != null) {
                validations.add(validation);
            }
        }
    }
}
