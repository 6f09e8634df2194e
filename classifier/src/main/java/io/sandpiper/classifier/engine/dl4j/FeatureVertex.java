/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import io.sandpiper.schemas.ModelManifest;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * Where in a graph the last feature maps are, and their shape.
 *
 * @param name of the last vertex whose output still has rows and columns
 */
public record FeatureVertex(String name, long channels, long height, long width) {

    /** Empty when only the input has rows and columns. */
    public static Optional<FeatureVertex> of(ComputationGraph graph, ModelManifest.Input input) {
        Map<String, InputType> types = graph.getConfiguration()
                .getLayerActivationTypes(InputType.convolutional(input.height(), input.width(), input.channels()));
        FeatureVertex last = null;
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            if (!vertex.isInputVertex()
                    && types.get(vertex.getVertexName()) instanceof InputType.InputTypeConvolutional maps) {
                last = new FeatureVertex(vertex.getVertexName(), maps.getChannels(), maps.getHeight(), maps.getWidth());
            }
        }
        return Optional.ofNullable(last);
    }
}
