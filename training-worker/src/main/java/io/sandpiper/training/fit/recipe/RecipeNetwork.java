/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.recipe;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Writes a recipe out as DL4J's configuration. Layers are named by their type and their place. */
public final class RecipeNetwork {

    private static final String INPUT = "input";
    private static final double MOMENTUM = 0.9;

    private final Recipe recipe;
    private final GraphBuilder graph;
    private String last = INPUT;
    private int lastChannels;
    private int layers;

    private RecipeNetwork(Recipe recipe, Recipe.Training training) {
        this.recipe = recipe;
        this.lastChannels = recipe.input().channels();
        this.graph = new NeuralNetConfiguration.Builder()
                .seed(training.seed())
                .updater(updater(training))
                .weightInit(WeightInit.RELU)
                .activation(Activation.IDENTITY)
                .l2(training.l2())
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs(INPUT);
    }

    /** @param classes outputs of the softmax at the end */
    public static ComputationGraphConfiguration configuration(Recipe recipe, Recipe.Training training, int classes) {
        return new RecipeNetwork(recipe, training).build(classes);
    }

    private ComputationGraphConfiguration build(int classes) {
        for (int i = 0; i < recipe.layers().size(); i++) {
            boolean normalised =
                    i + 1 < recipe.layers().size() && recipe.layers().get(i + 1).type() == LayerSpec.Type.BATCH_NORM;
            add(recipe.layers().get(i), normalised);
        }
        append(
                "output",
                new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .weightInit(WeightInit.XAVIER)
                        .build());
        return graph.setOutputs(last)
                .setInputTypes(InputType.convolutional(
                        recipe.input().height(),
                        recipe.input().width(),
                        recipe.input().channels()))
                .build();
    }

    /** @param normalised whether batch normalization follows, which has a bias of its own */
    private void add(LayerSpec spec, boolean normalised) {
        switch (spec.type()) {
            case CONVOLUTION -> convolution(widened(spec), spec.kernelOr(3), spec.strideOr(1), !normalised);
            case BATCH_NORM -> normalization();
            case RELU -> append("relu", activation(Activation.RELU));
            case RELU6 -> append("relu6", activation(Activation.RELU6));
            case MAX_POOL -> append("max-pool", pool(SubsamplingLayer.PoolingType.MAX, spec));
            case AVERAGE_POOL -> append("average-pool", pool(SubsamplingLayer.PoolingType.AVG, spec));
            case GLOBAL_AVERAGE_POOL ->
                append("global-average-pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            case DROPOUT -> append("dropout", new DropoutLayer.Builder(1 - spec.requiredRate()).build());
            case DENSE ->
                append("dense", new DenseLayer.Builder().nOut(widened(spec)).build());
            case INVERTED_RESIDUAL -> {
                for (int i = 0; i < spec.repeatOr(1); i++) {
                    invertedResidual(spec, i == 0 ? spec.strideOr(1) : 1);
                }
            }
        }
    }

    private void invertedResidual(LayerSpec spec, int stride) {
        String from = last;
        int channels = lastChannels;
        if (spec.expansionOr(1) > 1) {
            convolution(channels * spec.expansionOr(1), 1, 1, false);
            normalization();
            append("relu6", activation(Activation.RELU6));
        }
        append(
                "depthwise",
                new DepthwiseConvolution2D.Builder(3, 3)
                        .depthMultiplier(1)
                        .stride(stride, stride)
                        .nOut(lastChannels)
                        .hasBias(false)
                        .build());
        normalization();
        append("relu6", activation(Activation.RELU6));
        convolution(widened(spec), 1, 1, false);
        normalization();
        if (stride == 1 && channels == lastChannels) {
            String name = name("add");
            graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), from, last);
            last = name;
        }
    }

    private void convolution(int filters, int kernel, int stride, boolean bias) {
        append(
                "convolution",
                new ConvolutionLayer.Builder(kernel, kernel)
                        .nOut(filters)
                        .stride(stride, stride)
                        .hasBias(bias)
                        .build());
        lastChannels = filters;
    }

    private void normalization() {
        append(
                "batch-norm",
                new BatchNormalization.Builder()
                        .decay(recipe.normalizationOrDefault().decay())
                        .eps(recipe.normalizationOrDefault().epsilon())
                        .useLogStd(false)
                        .build());
    }

    private int widened(LayerSpec spec) {
        return spec.widenedFilters(recipe.widthOrOne());
    }

    private static Layer activation(Activation activation) {
        return new ActivationLayer.Builder().activation(activation).build();
    }

    private static Layer pool(SubsamplingLayer.PoolingType type, LayerSpec spec) {
        int kernel = spec.kernelOr(2);
        int stride = spec.strideOr(kernel);
        return new SubsamplingLayer.Builder(type)
                .kernelSize(kernel, kernel)
                .stride(stride, stride)
                .build();
    }

    private void append(String type, Layer layer) {
        String name = name(type);
        graph.addLayer(name, layer, last);
        last = name;
    }

    private String name(String type) {
        return type + "-" + ++layers;
    }

    private static IUpdater updater(Recipe.Training training) {
        return switch (training.optimizer()) {
            case ADAM -> new Adam(training.learningRate());
            case NESTEROVS -> new Nesterovs(training.learningRate(), MOMENTUM);
        };
    }
}
