/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.fit.FitState;
import io.sandpiper.training.fit.Fitter;
import io.sandpiper.training.fit.Start;
import io.sandpiper.training.fit.Validation;
import io.sandpiper.training.fit.recipe.Recipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Contenders that learn, on batches of the recipe's size. */
final class Training {

    private static final int EPOCHS = 3;
    private static final int BATCHES = 12;

    private Training() {}

    /** The whole of our fitting, augmentation included; the first epoch is not counted, it warms the network up. */
    static Contender ours(Subject subject) {
        Recipe.Training training =
                subject.recipe.training().with(new Hyperparameters(EPOCHS, null, null, null, null, null));
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < BATCHES * training.batchSize(); i++) {
            samples.add(new Sample(subject.pixels.get(i % subject.pixels.size()), i % Subject.CLASSES));
        }
        Dataset dataset = new Dataset("bench", subject.labels, samples, List.of(), samples.subList(0, 1));
        return () -> {
            List<Long> epochs = new ArrayList<>();
            new Fitter(
                            subject.recipe,
                            training,
                            dataset,
                            Subject.CORES,
                            new Fitter.Progress() {
                                @Override
                                public void onStep(
                                        int epoch,
                                        int step,
                                        int steps,
                                        double loss,
                                        double imagesPerSecond,
                                        Duration eta) {}

                                @Override
                                public void onEpoch(
                                        int epoch, @Nullable Validation validation, Supplier<FitState> state) {
                                    epochs.add(System.nanoTime());
                                }
                            },
                            Start.AT_RANDOM)
                    .fit(null)
                    .close();
            double seconds = (epochs.get(EPOCHS - 1) - epochs.get(0)) / 1e9;
            return (EPOCHS - 1) * samples.size() / seconds;
        };
    }

    /** DL4J's own fitting of one batch, again and again. */
    static Contender dl4j(Subject subject) {
        int size = subject.recipe.training().batchSize();
        ComputationGraph network = subject.network();
        List<Pixels> batch = subject.batch(0, size);
        INDArray input = Nd4j.createFromArray(Tensors.normalize(batch, subject.recipe.input()))
                .reshape(size, 3, 32, 32);
        DataSet data = new DataSet(input, Nd4j.createFromArray(oneHot(size)));
        return () -> Loop.imagesPerSecond(() -> {
            network.fit(data);
            return size;
        });
    }

    static float[][] oneHot(int size) {
        float[][] labels = new float[size][Subject.CLASSES];
        for (int i = 0; i < size; i++) {
            labels[i][i % Subject.CLASSES] = 1;
        }
        return labels;
    }
}
