/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer's parameters as plain arrays. */
final class Weights {

    private Weights() {}

    /** Row-major; null when the layer has none of that name. */
    static float @Nullable [] optional(Layer layer, String parameter) {
        INDArray values = layer.paramTable().get(parameter);
        return values == null ? null : values.dup('c').data().asFloat();
    }

    static float[] required(Layer layer, String parameter) {
        return array(layer, parameter).dup('c').data().asFloat();
    }

    static INDArray array(Layer layer, String parameter) {
        INDArray values = layer.paramTable().get(parameter);
        if (values == null) {
            throw new IllegalStateException("the layer has no parameter " + parameter);
        }
        return values;
    }

    /**
     * What a trained batch normalization does to a channel: y = scale x + shift, with scale = gamma / sqrt(variance +
     * eps) and shift = beta - mean scale.
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way from one method to another
    record Affine(float[] scale, float[] shift) {

        static Affine of(Layer layer) {
            BatchNormalization conf = (BatchNormalization) layer.conf().getLayer();
            float[] mean = required(layer, BatchNormalizationParamInitializer.GLOBAL_MEAN);
            float[] scale = new float[mean.length];
            float[] shift = new float[mean.length];
            float[] gamma = optional(layer, BatchNormalizationParamInitializer.GAMMA);
            float[] beta = optional(layer, BatchNormalizationParamInitializer.BETA);
            for (int c = 0; c < mean.length; c++) {
                double g = gamma == null ? conf.getGamma() : gamma[c];
                double b = beta == null ? conf.getBeta() : beta[c];
                double s = g / Math.sqrt(variance(layer, conf, c) + conf.getEps());
                scale[c] = (float) s;
                shift[c] = (float) (b - mean[c] * s);
            }
            return new Affine(scale, shift);
        }

        private static double variance(Layer layer, BatchNormalization conf, int channel) {
            if (conf.isUseLogStd()) {
                double std = Math.pow(10, required(layer, BatchNormalizationParamInitializer.GLOBAL_LOG_STD)[channel]);
                return std * std;
            }
            return required(layer, BatchNormalizationParamInitializer.GLOBAL_VAR)[channel];
        }

        /** Into the weights of a convolution whose first dimension is the output channel. */
        float[] scaled(float[] weights) {
            float[] scaled = new float[weights.length];
            int each = weights.length / scale.length;
            for (int i = 0; i < weights.length; i++) {
                scaled[i] = weights[i] * scale[i / each];
            }
            return scaled;
        }

        float[] shifted(float @Nullable [] bias) {
            float[] shifted = shift.clone();
            if (bias != null) {
                for (int c = 0; c < shifted.length; c++) {
                    shifted[c] += bias[c] * scale[c];
                }
            }
            return shifted;
        }
    }
}
