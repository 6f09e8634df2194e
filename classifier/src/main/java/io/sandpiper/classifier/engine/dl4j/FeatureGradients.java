/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradient of a class's logit at the last feature maps, as Grad-CAM wants it (Selvaraju et al., "Grad-CAM: Visual
 * Explanations from Deep Networks via Gradient-based Localization", 2017, equation 1). Of the logit and not of the
 * probability, which hardly changes where the network is certain. Belongs to one thread.
 */
public final class FeatureGradients implements AutoCloseable {

    private final ComputationGraph network;
    private final ModelManifest.Input input;
    private final GraphVertex features;
    private final LayerVertex output;

    private FeatureGradients(
            ComputationGraph network, ModelManifest.Input input, GraphVertex features, LayerVertex output) {
        this.network = network;
        this.input = input;
        this.features = features;
        this.output = output;
    }

    /**
     * For one class.
     *
     * @param meanGradients one for each channel, the mean over its places
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Slopes(FeatureMaps features, float[] meanGradients) {}

    /**
     * Of a network as {@link NetworkFile} writes it; empty when it has no feature maps, or does not end in a dense layer.
     *
     * @throws IOException when the file is no network
     */
    public static Optional<FeatureGradients> read(byte[] file, ModelManifest.Input input) throws IOException {
        return of(NetworkFile.read(file), input);
    }

    /** @param network from now on its own */
    static Optional<FeatureGradients> of(ComputationGraph network, ModelManifest.Input input) {
        Optional<FeatureVertex> last = FeatureVertex.of(network, input);
        GraphVertex end =
                network.getVertex(network.getConfiguration().getNetworkOutputs().get(0));
        if (last.isEmpty() || !(end instanceof LayerVertex output) || !(output.getLayer() instanceof BaseOutputLayer)) {
            network.close();
            return Optional.empty();
        }
        for (Layer layer : network.getLayers()) {
            layer.conf().getLayer().setIDropout(null); // it was drawn for no batch: there is nothing to go back through
        }
        network.initGradientsView();
        return Optional.of(new FeatureGradients(
                network, input, network.getVertex(last.get().name()), output));
    }

    /**
     * Runs the picture forwards, and the class's logit back to the feature maps.
     *
     * @throws RuntimeException of many types, when there is a layer on the way that cannot go back
     */
    public Slopes of(Pixels picture, int label) {
        long[] shape = {1, input.channels(), input.height(), input.width()};
        INDArray tensor =
                Nd4j.createFromArray(Tensors.normalize(List.of(picture), input)).reshape(shape);
        try {
            INDArray maps = Objects.requireNonNull(
                    network.feedForward(new INDArray[] {tensor}, false, false).get(features.getVertexName()));
            INDArray gradient = gradient(label);
            return new Slopes(
                    new FeatureMaps((int) maps.size(1), (int) maps.size(2), (int) maps.size(3), floats(maps)),
                    floats(gradient.mean(2, 3)));
        } finally {
            network.clear();
        }
    }

    /** Backwards through the vertices behind the feature maps; where several take one, their gradients add up. */
    private INDArray gradient(int label) {
        Map<Integer, INDArray> gradients = new HashMap<>();
        add(gradients, output, ofLogit(label));
        int[] order = network.topologicalSortOrder();
        for (int i = order.length - 1; order[i] != features.getVertexIndex(); i--) {
            GraphVertex vertex = network.getVertices()[order[i]];
            INDArray gradient = gradients.get(order[i]);
            if (gradient != null && vertex != output) {
                vertex.setEpsilon(gradient);
                add(
                        gradients,
                        vertex,
                        vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces())
                                .getSecond());
            }
        }
        return Objects.requireNonNull(gradients.get(features.getVertexIndex()), "nothing led back to the feature maps");
    }

    /** The output layer's own way back begins at its loss: the logit's gradient is the column of its weights. */
    private INDArray ofLogit(int label) {
        INDArray weights = output.getLayer().getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray gradient = weights.getColumn(label).dup().reshape(1, weights.rows());
        InputPreProcessor preparation = output.getLayerPreProcessor();
        return preparation == null ? gradient : preparation.backprop(gradient, 1, LayerWorkspaceMgr.noWorkspaces());
    }

    private static void add(Map<Integer, INDArray> gradients, GraphVertex vertex, INDArray... ofInputs) {
        VertexIndices[] inputs = vertex.getInputVertices();
        for (int i = 0; i < inputs.length; i++) {
            gradients.merge(inputs[i].getVertexIndex(), ofInputs[i], INDArray::add);
        }
    }

    private static float[] floats(INDArray values) {
        return values.dup('c').data().asFloat();
    }

    @Override
    public void close() {
        network.close();
    }
}
