/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import static io.sandpiper.training.fit.Fittings.digits;
import static io.sandpiper.training.fit.Fittings.recipe;
import static io.sandpiper.training.fit.Fittings.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.evaluate.Evaluator;
import io.sandpiper.training.fit.Fittings.Told;
import io.sandpiper.training.fit.layer.LeanGraph;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ClassWeightingTest {

    private static final Recipe PLAIN = recipe("""
            {"type": "CONVOLUTION", "filters": 4}, {"type": "RELU"}, {"type": "MAX_POOL"},
            {"type": "DENSE", "filters": 8}, {"type": "RELU"}""");

    @Test
    void balanced_isInverseToHowOftenAClassComes_withAMeanOfOne() throws Exception {
        List<Sample> samples = new ArrayList<>(digits("0", 0, 1, 16, 0, 6));
        samples.addAll(digits("1", 1, 1, 16, 0, 2));

        float[] weights = ClassWeighting.balanced(samples, 3);

        assertThat(weights).containsExactly(8f / (2 * 6), 8f / (2 * 2), 0);
        assertThat(samples.stream().mapToDouble(s -> weights[s.label()]).average())
                .hasValueCloseTo(1.0, within(1e-6));
    }

    @Test
    void pictureOfWeightTwo_countsLikeTwoPictures() {
        float[] one = picture(0.3f);
        float[] other = picture(-0.8f);

        INDArray weighted = gradient(true, shard(new float[] {2, 1}, one, other));
        INDArray repeated = gradient(false, shard(new float[] {1, 1, 1}, one, one, other));
        INDArray alike = gradient(false, shard(new float[] {1, 1}, one, other));

        assertThat(weighted.sub(repeated).amaxNumber().doubleValue()).isLessThan(1e-5);
        assertThat(weighted.sub(alike).amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    /** The weighted layer has a configuration of its own, and the learning rate is to reach that one. */
    @Test
    void learningRate_isThatOfAllLayers() throws Exception {
        try (Replicas network = new Replicas(RecipeNetwork.configuration(PLAIN, PLAIN.training(), 2), 1, 1, true, 0)) {
            float[] before = network.weights();
            Shard shard = shard(new float[] {2, 1}, picture(0.3f), picture(-0.8f));

            network.setLearningRate(1e-12);
            network.step(List.of(shard));
            assertThat(network.weights()).containsExactly(before, within(1e-6f));

            network.setLearningRate(0.1);
            network.step(List.of(shard));
            assertThat(Math.abs(network.weights()[before.length - 1] - before[before.length - 1]))
                    .as("of the last layer")
                    .isGreaterThan(1e-3f);
        }
    }

    /** What was learned is an ordinary network: of weights there is nothing in its file. */
    @Test
    void networkThatWasFittedWithWeights_isKeptWithoutThem() throws Exception {
        Dataset dataset = new Dataset("d", Fittings.LABELS, Fittings.digits(0, 2), List.of(), Fittings.digits(9, 1));
        Told told = new Told();

        try (FittedNetwork network = Fittings.fit(
                PLAIN, wanted("{'epochs': 1, 'classWeights': 'balanced'}"), dataset, Start.AT_RANDOM, told, null)) {
            ComputationGraph kept = NetworkFile.read(network.file());
            assertThat(kept.getConfiguration().toJson())
                    .isEqualTo(NetworkFile.read(plainly(dataset))
                            .getConfiguration()
                            .toJson());
            assertThat(Fittings.weights(network).toFloatVector())
                    .as("what was learned is there")
                    .containsExactly(told.states.get(0).weights());
        }
    }

    private static byte[] plainly(Dataset dataset) throws Exception {
        try (FittedNetwork network =
                Fittings.fit(PLAIN, wanted("{'epochs': 1}"), dataset, Start.AT_RANDOM, new Told(), null)) {
            return network.file();
        }
    }

    @Test
    void balanced_findsMoreOfARareClass() throws Exception {
        List<Sample> train = new ArrayList<>(digits("1", 0, 1, 16, 0, 60));
        train.addAll(digits("7", 1, 1, 16, 0, 3));
        List<Sample> test = new ArrayList<>(digits("1", 0, 1, 16, 1000, 20));
        test.addAll(digits("7", 1, 1, 16, 1000, 20));
        Dataset dataset = new Dataset("d", List.of("1", "7"), train, List.of(), test);

        double none = recallOfTheRare(dataset, "none");
        double balanced = recallOfTheRare(dataset, "balanced");

        assertThat(balanced)
                .as("recall of the rare class, %s without weights", none)
                .isGreaterThan(none + 0.25);
    }

    private static double recallOfTheRare(Dataset dataset, String classWeights) throws Exception {
        String wanted = "{'epochs': 3, 'learningRate': 0.002, 'classWeights': '%s'}".formatted(classWeights);
        try (FittedNetwork network = Fittings.fit(PLAIN, wanted(wanted), dataset, Start.AT_RANDOM, new Told(), null)) {
            return Evaluator.evaluate("m", network.classifier(), dataset.test(), 0)
                    .report()
                    .classes()
                    .get(1)
                    .recall();
        }
    }

    private static INDArray gradient(boolean weighted, Shard shard) {
        OneDnn.enable();
        LeanGraph graph = new LeanGraph(RecipeNetwork.configuration(PLAIN, PLAIN.training(), 2), weighted);
        graph.init();
        shard.computeGradient(graph);
        return graph.getFlattenedGradients().dup();
    }

    private static Shard shard(float[] weights, float[]... pictures) {
        float[] input = new float[pictures.length * 256];
        float[][] labels = new float[pictures.length][];
        for (int i = 0; i < pictures.length; i++) {
            System.arraycopy(pictures[i], 0, input, i * 256, 256);
            float first = weights[i] * (pictures[i][0] > 0 ? 0.9f : 0.1f);
            labels[i] = new float[] {first, weights[i] - first};
        }
        return new Shard(input, new long[] {pictures.length, 1, 16, 16}, labels);
    }

    private static float[] picture(float first) {
        float[] picture = new float[256];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i == 0 ? first : (float) Math.sin(first * i);
        }
        return picture;
    }
}
