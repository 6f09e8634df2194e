/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link ComputationGraph} that trains with the layers of this package. Its configuration and its parameters are
 * DL4J's own, so what it learned is an ordinary network. Like every DL4J network it belongs to one thread at a time.
 */
public final class LeanGraph extends ComputationGraph {

    private static final long serialVersionUID = 1L;

    public LeanGraph(ComputationGraphConfiguration configuration) {
        super(configuration);
    }

    /** @param parameters shared when not cloned: two graphs can have the same weights and gradients of their own */
    @Override
    public void init(@Nullable INDArray parameters, boolean cloneParametersArray) {
        boolean first = !initCalled;
        super.init(parameters, cloneParametersArray);
        if (first) {
            for (int i = 0; i < vertices.length; i++) {
                if (vertices[i] instanceof LayerVertex vertex) {
                    replace(vertex, i);
                }
            }
        }
    }

    private void replace(LayerVertex vertex, int index) {
        Layer old = vertex.getLayer();
        Layer lean = lean(old);
        if (lean == null) {
            return;
        }
        lean.setIndex(old.getIndex());
        LayerVertex replacement = new LayerVertex(
                this,
                vertex.getVertexName(),
                vertex.getVertexIndex(),
                vertex.getInputVertices(),
                vertex.getOutputVertices(),
                lean,
                vertex.getLayerPreProcessor(),
                vertex.isOutputVertex(),
                DataType.FLOAT);
        vertices[index] = replacement;
        verticesMap.put(vertex.getVertexName(), replacement);
        layers[Arrays.asList(layers).indexOf(old)] = lean;
    }

    private static @Nullable Layer lean(Layer layer) {
        if (layer.getClass() == ConvolutionLayer.class) {
            return withParameters(new LeanConvolution(layer.conf()), layer);
        }
        if (layer instanceof BatchNormalization normalization
                && LeanBatchNormalization.supports((org.deeplearning4j.nn.conf.layers.BatchNormalization)
                        normalization.conf().getLayer())) {
            return withParameters(new LeanBatchNormalization(layer.conf()), layer);
        }
        if (layer instanceof ActivationLayer) {
            IActivation activation = ((org.deeplearning4j.nn.conf.layers.ActivationLayer)
                            layer.conf().getLayer())
                    .getActivationFn();
            if (activation instanceof ActivationReLU6) {
                return LeanRelu.relu6(layer.conf());
            }
            if (activation instanceof ActivationReLU relu && isPlain(relu)) {
                return LeanRelu.relu(layer.conf());
            }
        }
        return null;
    }

    /** Neither capped, nor leaking, nor with a threshold. */
    private static boolean isPlain(ActivationReLU relu) {
        return new ActivationReLU().equals(relu);
    }

    private static Layer withParameters(Layer lean, Layer old) {
        lean.setParamsViewArray(old.params());
        lean.setParamTable(old.paramTable());
        return lean;
    }
}
