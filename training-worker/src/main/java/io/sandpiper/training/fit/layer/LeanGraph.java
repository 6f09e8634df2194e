/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A {@link ComputationGraph} that trains with the layers of this package. Its configuration and its parameters are
 * DL4J's own, so what it learned is an ordinary network. Like every DL4J network it belongs to one thread at a time.
 */
public final class LeanGraph extends ComputationGraph {

    private static final long serialVersionUID = 1L;

    /** As they were before anything was frozen. */
    private GraphVertex[] learning = new GraphVertex[0];

    private final boolean weighted;

    /**
     * @param weighted whether a row of labels may sum to something else than 1, and its picture then counts that much in
     *     loss and gradient
     */
    public LeanGraph(ComputationGraphConfiguration configuration, boolean weighted) {
        super(configuration);
        this.weighted = weighted;
    }

    /** @param parameters shared when not cloned: two graphs can have the same weights and gradients of their own */
    @Override
    public void init(@Nullable INDArray parameters, boolean cloneParametersArray) {
        boolean first = !initCalled;
        super.init(parameters, cloneParametersArray);
        if (first) {
            for (int i = 0; i < vertices.length; i++) {
                if (vertices[i] instanceof LayerVertex vertex) {
                    replace(vertex);
                }
            }
            learning = vertices.clone();
            initGradientsView();
        }
    }

    /**
     * From here on only the last layers learn. The others are as they are when a network serves, batch normalization
     * included, and no gradient is computed for them.
     *
     * @param layers how many layers with weights go on learning; all of them, if there are no more
     */
    public void freezeAllBut(int layers) {
        int left = layers;
        boolean frozen = false;
        for (int i = topologicalOrder.length - 1; i >= 0; i--) {
            GraphVertex vertex = learning[topologicalOrder[i]];
            boolean weights = vertex.hasLayer() && vertex.getLayer().numParams() > 0;
            frozen |= weights && left-- == 0;
            put(frozen && !vertex.isInputVertex() ? frozen(vertex) : vertex);
        }
        getFlattenedGradients().assign(0);
        setUpdater(new ComputationGraphUpdater(this));
    }

    private GraphVertex frozen(GraphVertex vertex) {
        return vertex.hasLayer()
                ? with((LayerVertex) vertex, new FrozenLayer(vertex.getLayer()))
                : new FrozenVertex(vertex);
    }

    private void put(GraphVertex vertex) {
        GraphVertex old = vertices[vertex.getVertexIndex()];
        vertices[vertex.getVertexIndex()] = vertex;
        verticesMap.put(vertex.getVertexName(), vertex);
        if (vertex.hasLayer()) {
            layers[Arrays.asList(layers).indexOf(old.getLayer())] = vertex.getLayer();
        }
    }

    private LayerVertex with(LayerVertex vertex, Layer layer) {
        return new LayerVertex(
                this,
                vertex.getVertexName(),
                vertex.getVertexIndex(),
                vertex.getInputVertices(),
                vertex.getOutputVertices(),
                layer,
                vertex.getLayerPreProcessor(),
                vertex.isOutputVertex(),
                DataType.FLOAT);
    }

    private void replace(LayerVertex vertex) {
        Layer old = vertex.getLayer();
        Layer lean = lean(old);
        if (lean == null) {
            return;
        }
        lean.setIndex(old.getIndex());
        put(with(vertex, lean));
    }

    private @Nullable Layer lean(Layer layer) {
        if (weighted && layer instanceof OutputLayer) {
            return withParameters(new OutputLayer(weighted(layer.conf()), DataType.FLOAT), layer);
        }
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

    /**
     * With weights of 1, DL4J's cross-entropy after a softmax takes each row's sum into account; without, it takes it to be 1.
     * In a configuration of the layer's own: the network's is kept, and what was learned is not about weights.
     */
    private static NeuralNetConfiguration weighted(NeuralNetConfiguration plain) {
        NeuralNetConfiguration conf = plain.clone();
        BaseOutputLayer output = (BaseOutputLayer) conf.getLayer();
        output.setLossFn(new LossMCXENT(Nd4j.ones(DataType.FLOAT, 1, output.getNOut())));
        return conf;
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
