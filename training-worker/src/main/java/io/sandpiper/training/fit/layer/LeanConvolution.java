/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution that does not run forward again in its backward pass. DL4J needs the pre-activation there; without an
 * activation there is nothing to need it for.
 */
final class LeanConvolution extends ConvolutionLayer {

    private static final long serialVersionUID = 1L;

    LeanConvolution(NeuralNetConfiguration conf) {
        super(conf, DataType.FLOAT);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        var layer = layerConf();
        if (helper == null || !(layer.getActivationFn() instanceof ActivationIdentity) || layer.getIDropout() != null) {
            return super.backpropGradient(epsilon, workspaces);
        }
        Pair<Gradient, INDArray> result = helper.backpropGradient(
                input,
                getParamWithNoise(ConvolutionParamInitializer.WEIGHT_KEY, true, workspaces),
                getParamWithNoise(ConvolutionParamInitializer.BIAS_KEY, true, workspaces),
                epsilon,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                gradientViews.get(ConvolutionParamInitializer.BIAS_KEY),
                gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
                layer.getActivationFn(),
                layer.getCudnnAlgoMode(),
                layer.getCudnnBwdFilterAlgo(),
                layer.getCudnnBwdDataAlgo(),
                convolutionMode,
                layer.getDilation(),
                layer.getCnn2dDataFormat(),
                workspaces);
        return result == null ? super.backpropGradient(epsilon, workspaces) : result;
    }
}
