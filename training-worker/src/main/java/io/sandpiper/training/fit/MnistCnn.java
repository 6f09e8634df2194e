/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.schemas.ModelManifest;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The recipe {@code mnist-cnn}: three convolutions for small grey pictures, about 230 000 weights. */
public final class MnistCnn {

    public static final String NAME = "mnist-cnn";
    /** 28 × 28, light on dark or dark on light; mean and deviation are those of MNIST's training pictures. */
    public static final ModelManifest.Input INPUT =
            new ModelManifest.Input(1, 28, 28, List.of(0.1307), List.of(0.3081));

    static final Augmentation AUGMENTATION = new Augmentation(2, 0.3);

    private MnistCnn() {}

    static MultiLayerConfiguration configuration(int classes, double learningRate, long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate))
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .l2(1e-4)
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(convolution(16))
                .layer(pool())
                .layer(convolution(32))
                .layer(pool())
                .layer(convolution(64))
                .layer(new DenseLayer.Builder().nOut(64).dropOut(0.6).build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .weightInit(WeightInit.XAVIER)
                        .build())
                .setInputType(InputType.convolutional(INPUT.height(), INPUT.width(), INPUT.channels()))
                .build();
    }

    private static ConvolutionLayer convolution(int filters) {
        return new ConvolutionLayer.Builder(3, 3).nOut(filters).build();
    }

    private static SubsamplingLayer pool() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
