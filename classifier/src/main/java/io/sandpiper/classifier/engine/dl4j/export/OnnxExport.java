/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import io.sandpiper.classifier.engine.dl4j.FeatureVertex;
import io.sandpiper.schemas.ModelManifest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.graph.vertex.impl.MergeVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;

/**
 * A trained graph as an ONNX model: input {@code input} [batch, channel, row, column], outputs {@code probabilities}
 * [batch, class] and, where the network has them, {@code features}, its last feature maps. Dropout is left out, and a
 * batch normalization becomes part of the convolution before it.
 */
public final class OnnxExport {

    private static final String INPUT = "input";
    private static final String PROBABILITIES = "probabilities";
    private static final String FEATURES = "features";

    private final ComputationGraph graph;
    private final OnnxModel model = new OnnxModel();
    private final LayerExport layers = new LayerExport(model);
    /** Names of results by index of the vertex. */
    private final Map<Integer, String> results = new HashMap<>();

    private OnnxExport(ComputationGraph graph) {
        this.graph = graph;
    }

    /**
     * Writes a classifier with one input and one output.
     *
     * @throws UnsupportedLayerException when there is a layer that has no counterpart; nothing is half-written
     */
    public static byte[] write(ComputationGraph graph, ModelManifest.Input input, int classes)
            throws UnsupportedLayerException {
        return new OnnxExport(graph).write(input, classes);
    }

    private byte[] write(ModelManifest.Input input, int classes) throws UnsupportedLayerException {
        model.input(INPUT, 0, input.channels(), input.height(), input.width());
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            results.put(index, vertex.isInputVertex() ? INPUT : append(vertex));
        }
        String output = graph.getConfiguration().getNetworkOutputs().get(0);
        model.named(PROBABILITIES, "Identity", List.of(result(output)), Map.of());
        model.output(PROBABILITIES, 0, classes);
        FeatureVertex.of(graph, input).ifPresent(features -> {
            model.named(FEATURES, "Identity", List.of(result(features.name())), Map.of());
            model.output(FEATURES, 0, features.channels(), features.height(), features.width());
        });
        return model.bytes();
    }

    private String result(String vertex) {
        return String.valueOf(results.get(graph.getVertex(vertex).getVertexIndex()));
    }

    private String append(GraphVertex vertex) throws UnsupportedLayerException {
        List<String> inputs = Arrays.stream(vertex.getInputVertices())
                .map(from -> String.valueOf(results.get(from.getVertexIndex())))
                .toList();
        if (vertex instanceof LayerVertex layer) {
            return append(layer, inputs.get(0));
        }
        if (vertex instanceof MergeVertex) {
            return model.node("Concat", inputs, Map.of("axis", 1));
        }
        if (vertex instanceof ElementWiseVertex) {
            return elementWise(vertex, inputs);
        }
        throw new UnsupportedLayerException(
                vertex.getVertexName(), vertex.getClass().getSimpleName());
    }

    private String append(LayerVertex vertex, String input) throws UnsupportedLayerException {
        Layer layer = thawed(vertex.getLayer());
        if (layer instanceof BatchNormalization && isFolded(vertex)) {
            return input;
        }
        String prepared = prepared(vertex, input);
        Optional<LayerVertex> normalization = foldable(vertex);
        if (normalization.isPresent()) {
            Layer behind = thawed(normalization.get().getLayer());
            return layers.append(vertex.getVertexName(), layer, Weights.Affine.of(behind), prepared);
        }
        return layers.append(vertex.getVertexName(), layer, null, prepared);
    }

    private String prepared(LayerVertex vertex, String input) throws UnsupportedLayerException {
        InputPreProcessor preparation = vertex.getLayerPreProcessor();
        if (preparation == null) {
            return input;
        }
        if (preparation instanceof CnnToFeedForwardPreProcessor) {
            return layers.flatten(input);
        }
        throw new UnsupportedLayerException(
                vertex.getVertexName(), preparation.getClass().getSimpleName());
    }

    /** The batch normalization that alone takes what this layer gives. */
    private Optional<LayerVertex> foldable(LayerVertex vertex) {
        VertexIndices[] takers = vertex.getOutputVertices();
        if (!LayerExport.folds(thawed(vertex.getLayer())) || takers == null || takers.length != 1) {
            return Optional.empty();
        }
        GraphVertex taker = graph.getVertices()[takers[0].getVertexIndex()];
        return taker instanceof LayerVertex layer && thawed(layer.getLayer()) instanceof BatchNormalization
                ? Optional.of(layer)
                : Optional.empty();
    }

    private boolean isFolded(LayerVertex normalization) {
        GraphVertex from = graph.getVertices()[normalization.getInputVertices()[0].getVertexIndex()];
        return from instanceof LayerVertex layer && foldable(layer).isPresent();
    }

    private String elementWise(GraphVertex vertex, List<String> inputs) throws UnsupportedLayerException {
        var conf = (org.deeplearning4j.nn.conf.graph.ElementWiseVertex)
                Objects.requireNonNull(graph.getConfiguration().getVertices().get(vertex.getVertexName()));
        String operator = switch (conf.getOp()) {
            case Add -> "Add";
            case Product -> "Mul";
            case Subtract -> "Sub";
            default -> throw new UnsupportedLayerException(vertex.getVertexName(), "element-wise " + conf.getOp());
        };
        String result = inputs.get(0);
        for (String next : inputs.subList(1, inputs.size())) {
            result = model.node(operator, List.of(result, next), Map.of());
        }
        return result;
    }

    private static Layer thawed(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return frozen.getInsideLayer();
        }
        return layer instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : layer;
    }
}
