/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.training.fit.recipe.LayerSpec;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import io.sandpiper.training.fit.recipe.Recipes;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The layers of this package against DL4J's own, with the same weights on the same pictures. */
class LeanGraphTest {

    private static final int PICTURES = 6;
    private static final int CLASSES = 4;

    private final INDArray pictures =
            Nd4j.rand(DataType.FLOAT, PICTURES, 3, 32, 32).subi(0.5).muli(3);
    private final INDArray labels = labels();

    @Test
    void recipe_trainsWithTheLeanLayers() throws Exception {
        ComputationGraph lean = lean(configuration("cifar10-cnn"));

        assertThat(Arrays.stream(lean.getLayers()).map(Layer::getClass))
                .contains(LeanConvolution.class, LeanBatchNormalization.class, LeanRelu.class)
                .doesNotContain(BatchNormalization.class);
        for (Layer layer : lean.getLayers()) {
            assertThat(lean.getLayer(layer.conf().getLayer().getLayerName())).isSameAs(layer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar10-cnn", "mobilenet-v2"})
    void gradients_areThoseOfDl4j(String recipe) throws Exception {
        ComputationGraphConfiguration configuration = configuration(recipe);
        ComputationGraph lean = lean(configuration);
        ComputationGraph plain = new ComputationGraph(configuration.clone());
        plain.init(lean.params(), true);

        INDArray mine = gradient(lean);
        INDArray theirs = gradient(plain);

        assertThat(lean.getLayers()).hasAtLeastOneElementOfType(LeanRelu.class);
        assertThat(lean.score()).isCloseTo(plain.score(), within(1e-5));
        assertThat(mine.sub(theirs).amaxNumber().doubleValue())
                .as("largest gradient %s", theirs.amaxNumber())
                .isLessThan(1e-3 * theirs.amaxNumber().doubleValue());
    }

    @Test
    void threeSteps_leadToTheWeightsOfDl4j_runningMeansIncluded() throws Exception {
        ComputationGraphConfiguration configuration = configuration("cifar10-cnn");
        ComputationGraph lean = lean(configuration);
        ComputationGraph plain = new ComputationGraph(configuration.clone());
        plain.init(lean.params(), true);

        for (int i = 0; i < 3; i++) {
            lean.fit(new DataSet(pictures, labels));
            plain.fit(new DataSet(pictures, labels));
        }

        assertThat(lean.params().sub(plain.params()).amaxNumber().doubleValue()).isLessThan(2e-3);
        assertThat(lean.outputSingle(pictures)
                        .sub(plain.outputSingle(pictures))
                        .amaxNumber()
                        .doubleValue())
                .isLessThan(2e-3);
    }

    private INDArray gradient(ComputationGraph graph) {
        graph.setInputs(pictures);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        return graph.getFlattenedGradients().dup();
    }

    private static ComputationGraph lean(ComputationGraphConfiguration configuration) {
        OneDnn.enable();
        ComputationGraph graph = new LeanGraph(configuration.clone(), false);
        graph.init();
        return graph;
    }

    private static ComputationGraphConfiguration configuration(String name) throws Exception {
        Recipe recipe = Recipes.shipped().find(name).withInputSize(32, 32);
        // Without dropout, which draws; and of a deep network the beginning: it is the same layers again and again.
        List<LayerSpec> layers = recipe.layers().stream()
                .filter(l -> l.type() != LayerSpec.Type.DROPOUT)
                .toList();
        Recipe shorter = new Recipe(
                recipe.name(),
                recipe.description(),
                recipe.input(),
                recipe.width(),
                recipe.normalization(),
                recipe.augmentation(),
                recipe.training(),
                null,
                name.equals("mobilenet-v2") ? layers.subList(0, 5) : layers);
        return RecipeNetwork.configuration(shorter, recipe.training(), CLASSES);
    }

    private static INDArray labels() {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, PICTURES, CLASSES);
        for (int i = 0; i < PICTURES; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return labels;
    }
}
