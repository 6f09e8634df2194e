/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Networks that are real and take no time. */
public final class TinyNetworks {

    public static final int SIDE = 8;
    public static final int CLASSES = 3;

    private TinyNetworks() {}

    /** One channel, {@link #SIDE} pixels a side, {@link #CLASSES} classes, random weights. */
    public static ComputationGraph random(long seed) {
        OneDnn.enable();
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .graphBuilder()
                .addInputs("input")
                .addLayer("convolution", convolution(), "input")
                .addLayer("output", output(), "convolution")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(SIDE, SIDE, 1))
                .build());
        network.init();
        return network;
    }

    /** The same, with the mean of each feature map in front of the output. */
    public static ComputationGraph averaging(long seed) {
        OneDnn.enable();
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .graphBuilder()
                .addInputs("input")
                .addLayer("convolution", convolution(), "input")
                .addLayer("means", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "convolution")
                .addLayer("dropout", new DropoutLayer.Builder(0.5).build(), "means")
                .addLayer("output", output(), "dropout")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(SIDE, SIDE, 1))
                .build());
        network.init();
        return network;
    }

    /** The same, with a dense layer in front of the output; the feature maps are linear in the biases before them. */
    public static ComputationGraph dense(long seed) {
        OneDnn.enable();
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "convolution",
                        new ConvolutionLayer.Builder(3, 3)
                                .nOut(4)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "input")
                .addLayer(
                        "dense",
                        new DenseLayer.Builder()
                                .nOut(6)
                                .activation(Activation.TANH)
                                .build(),
                        "convolution")
                .addLayer("dropout", new DropoutLayer.Builder(0.5).build(), "dense")
                .addLayer("output", output(), "dropout")
                .setOutputs("output")
                .setInputTypes(InputType.convolutional(SIDE, SIDE, 1))
                .build());
        network.init();
        return network;
    }

    /** The same layers, as DL4J's sequential network. */
    public static MultiLayerNetwork sequential(long seed) {
        OneDnn.enable();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(convolution())
                .layer(output())
                .setInputType(InputType.convolutional(SIDE, SIDE, 1))
                .build());
        network.init();
        return network;
    }

    private static ConvolutionLayer convolution() {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.RELU)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
