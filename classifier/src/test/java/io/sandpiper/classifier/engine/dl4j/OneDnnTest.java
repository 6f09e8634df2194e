/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J's layers with their oneDNN helpers, and what they compute without. */
class OneDnnTest {

    private static final String DISABLE_HELPERS = "org.eclipse.deeplearning4j.helpers.disable";
    private static final int PICTURES = 8;
    private static final int CLASSES = 4;

    private final INDArray pictures =
            Nd4j.rand(DataType.FLOAT, PICTURES, 3, 16, 16).subi(0.5);
    private final INDArray labels = labels();

    @Test
    void convolution_pooling_andBatchNormalization_haveAHelper() {
        ComputationGraph network = withHelpers();

        for (String name : new String[] {"convolution", "norm", "pool"}) {
            Layer layer = network.getLayer(name);
            assertThat(layer.getHelper())
                    .as("%s runs several times slower without", name)
                    .isNotNull();
        }
    }

    @Test
    void helpers_computeWhatDl4jDoesWithoutThem() {
        ComputationGraph fast = withHelpers();
        ComputationGraph plain = withoutHelpers();
        assertThat(plain.getLayer("convolution").getHelper()).isNull();
        plain.params().assign(fast.params());

        double outputs = fast.outputSingle(pictures)
                .sub(plain.outputSingle(pictures))
                .amaxNumber()
                .doubleValue();
        INDArray expected = gradient(plain);
        double gradients = gradient(fast).sub(expected).amaxNumber().doubleValue();

        assertThat(outputs).isLessThan(1e-5);
        assertThat(gradients).isLessThan(1e-3 * expected.amaxNumber().doubleValue());
    }

    private INDArray gradient(ComputationGraph network) {
        network.setInputs(pictures);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.getFlattenedGradients().dup();
    }

    private static ComputationGraph withHelpers() {
        OneDnn.enable();
        return network();
    }

    private static ComputationGraph withoutHelpers() {
        String before = System.getProperty(DISABLE_HELPERS);
        System.setProperty(DISABLE_HELPERS, "true");
        try {
            return network();
        } finally {
            System.setProperty(DISABLE_HELPERS, String.valueOf(before));
        }
    }

    private static ComputationGraph network() {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "convolution",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(8)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "input")
                .addLayer(
                        "norm",
                        new BatchNormalization.Builder().useLogStd(false).build(),
                        "convolution")
                .addLayer(
                        "relu",
                        new ActivationLayer.Builder()
                                .activation(Activation.RELU)
                                .build(),
                        "norm")
                .addLayer(
                        "pool",
                        new SubsamplingLayer.Builder()
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build(),
                        "relu")
                .addLayer(
                        "output",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pool")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(16, 16, 3))
                .build());
        network.init();
        return network;
    }

    private static INDArray labels() {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, PICTURES, CLASSES);
        for (int i = 0; i < PICTURES; i++) {
            labels.putScalar(i, i % CLASSES, 1);
        }
        return labels;
    }
}
