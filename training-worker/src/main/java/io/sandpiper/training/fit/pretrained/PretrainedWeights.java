/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import io.sandpiper.training.fit.pretrained.KerasFile.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a network's convolutions have learned elsewhere. Layers are told apart by their order and their shapes: names
 * differ from one author to the next. From the first dense layer on, nothing is taken: what comes there tells other
 * classes apart.
 */
public final class PretrainedWeights implements InitialWeights {

    private final KerasFile file;
    private final String origin;

    private PretrainedWeights(KerasFile file, String origin) {
        this.file = file;
        this.origin = origin;
    }

    /** @param origin where the file comes from, for the manifest */
    public static PretrainedWeights read(Path path, String origin) throws UnusableWeightsException {
        return new PretrainedWeights(KerasFile.read(path), origin);
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public void copyTo(ComputationGraph network) throws UnusableWeightsException {
        List<Layer> layers = Arrays.stream(network.getLayers())
                .filter(layer -> layer.numParams() > 0)
                .takeWhile(PretrainedWeights::isTaken)
                .toList();
        if (file.layers().size() < layers.size()) {
            throw new UnusableWeightsException("%s has %d layers with weights, the recipe has %d before its dense ones."
                    .formatted(origin, file.layers().size(), layers.size()));
        }
        for (int i = 0; i < layers.size(); i++) {
            copy(file.layers().get(i), layers.get(i));
        }
    }

    private static boolean isTaken(Layer layer) {
        var conf = layer.conf().getLayer();
        return conf instanceof ConvolutionLayer || conf instanceof BatchNormalization;
    }

    private void copy(KerasFile.Layer from, Layer to) throws UnusableWeightsException {
        var conf = to.conf().getLayer();
        if (conf instanceof BatchNormalization normalization) {
            requireEpsilon(normalization);
            require(from, to, 4);
            set(from, 0, to, "gamma");
            set(from, 1, to, "beta");
            set(from, 2, to, "mean");
            set(from, 3, to, "var");
            return;
        }
        boolean bias = ((ConvolutionLayer) conf).hasBias();
        require(from, to, bias ? 2 : 1);
        if (conf instanceof DepthwiseConvolution2D) {
            set(from, 0, to, "W");
        } else {
            // Keras has [row, column, in, out], DL4J [out, in, row, column].
            set(from, 0, to, "W", 3, 2, 0, 1);
        }
        if (bias) {
            set(from, 1, to, "b");
        }
    }

    private void set(KerasFile.Layer from, int index, Layer to, String parameter, int... order)
            throws UnusableWeightsException {
        Weight weight = from.weights().get(index);
        INDArray target = to.getParam(parameter);
        try (INDArray values = Nd4j.createFromArray(weight.values())) {
            INDArray shaped =
                    values.reshape(Arrays.stream(weight.shape()).asLongStream().toArray());
            INDArray ordered = order.length == 0 ? shaped : shaped.permute(order);
            INDArray row = target.rank() == 2 && ordered.rank() == 1 ? ordered.reshape(1, ordered.length()) : ordered;
            if (!Arrays.equals(row.shape(), target.shape())) {
                throw new UnusableWeightsException("%s: %s has shape %s, the recipe's %s needs %s. Is it another width?"
                        .formatted(
                                origin,
                                weight.name(),
                                Arrays.toString(row.shape()),
                                to.conf().getLayer().getLayerName(),
                                Arrays.toString(target.shape())));
            }
            target.assign(row);
        }
    }

    private void require(KerasFile.Layer from, Layer to, int weights) throws UnusableWeightsException {
        if (from.weights().size() != weights) {
            throw new UnusableWeightsException("%s: the layer %s has %d arrays, the recipe's %s needs %d."
                    .formatted(
                            origin,
                            from.name(),
                            from.weights().size(),
                            to.conf().getLayer().getLayerName(),
                            weights));
        }
    }

    private void requireEpsilon(BatchNormalization normalization) throws UnusableWeightsException {
        Double epsilon = file.epsilon();
        if (epsilon != null && Math.abs(epsilon - normalization.getEps()) > 1e-3 * epsilon) {
            throw new UnusableWeightsException(
                    "%s was trained with a batch normalization's epsilon of %s, the recipe has %s: set %s."
                            .formatted(
                                    origin, epsilon, normalization.getEps(), Map.of("normalization.epsilon", epsilon)));
        }
    }
}
