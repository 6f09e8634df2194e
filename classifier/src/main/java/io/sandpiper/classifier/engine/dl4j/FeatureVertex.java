/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/** Where in a graph the last feature maps are. */
public final class FeatureVertex {

    private FeatureVertex() {}

    /** Name of the last vertex whose output still has rows and columns; empty when only the input has them. */
    public static Optional<String> of(ComputationGraph graph, int channels, int height, int width) {
        Map<String, InputType> types =
                graph.getConfiguration().getLayerActivationTypes(InputType.convolutional(height, width, channels));
        String last = null;
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            InputType type = types.get(vertex.getVertexName());
            if (!vertex.isInputVertex() && type != null && type.getType() == InputType.Type.CNN) {
                last = vertex.getVertexName();
            }
        }
        return Optional.ofNullable(last);
    }
}
