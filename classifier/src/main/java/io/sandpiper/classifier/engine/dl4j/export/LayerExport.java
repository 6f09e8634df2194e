/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes one layer as ONNX nodes. Pictures are [batch, channel, row, column], as both libraries have them. */
final class LayerExport {

    private final OnnxModel model;
    private final Activations activations;

    LayerExport(OnnxModel model) {
        this.model = model;
        this.activations = new Activations(model);
    }

    /** Whether a batch normalization behind this layer can be folded into its weights. */
    static boolean folds(Layer layer) {
        return layer.conf().getLayer() instanceof ConvolutionLayer convolution
                && !(convolution instanceof Deconvolution2D)
                && convolution.getActivationFn() instanceof ActivationIdentity;
    }

    /**
     * Appends the layer's nodes.
     *
     * @param normalization a batch normalization to fold into the weights; null for none
     * @return the name of the result
     */
    String append(String name, Layer layer, Weights.@Nullable Affine normalization, String input)
            throws UnsupportedLayerException {
        var conf = layer.conf().getLayer();
        if (conf instanceof DropoutLayer) {
            return input; // drops nothing once the network is trained
        }
        if (conf instanceof ActivationLayer activation) {
            return activations.append(name, activation.getActivationFn(), input);
        }
        if (conf instanceof BatchNormalization) {
            return normalization(name, layer, input);
        }
        if (conf instanceof GlobalPoolingLayer pool) {
            return globalPool(name, pool, input);
        }
        if (conf instanceof SubsamplingLayer pool) {
            return pool(name, pool, input);
        }
        if (conf instanceof ZeroPaddingLayer padding) {
            return pad(name, padding, input);
        }
        if (conf instanceof LossLayer loss) {
            return activations.append(name, loss.getActivationFn(), input);
        }
        if (conf instanceof ConvolutionLayer convolution && !(conf instanceof Deconvolution2D)) {
            return activated(name, convolution, convolution(name, convolution, layer, normalization, input));
        }
        if (conf instanceof DenseLayer || conf instanceof BaseOutputLayer) {
            return activated(name, (BaseLayer) conf, dense(layer, input));
        }
        throw unsupported(name, conf);
    }

    private String activated(String name, BaseLayer conf, String input) throws UnsupportedLayerException {
        return activations.append(name, conf.getActivationFn(), input);
    }

    private String convolution(
            String name, ConvolutionLayer conf, Layer layer, Weights.@Nullable Affine normalization, String input)
            throws UnsupportedLayerException {
        requireChannelsFirst(name, conf.getCnn2dDataFormat());
        if (conf instanceof DepthwiseConvolution2D) {
            return depthwise(name, conf, layer, normalization, input);
        }
        if (conf instanceof SeparableConvolution2D) {
            return separable(name, conf, layer, normalization, input);
        }
        if (conf.getClass() != ConvolutionLayer.class && conf.getClass() != Convolution2D.class) {
            throw unsupported(name, conf);
        }
        INDArray weights = Weights.array(layer, ConvolutionParamInitializer.WEIGHT_KEY);
        return convolution(
                Weights.required(layer, ConvolutionParamInitializer.WEIGHT_KEY),
                weights.shape(),
                Weights.optional(layer, ConvolutionParamInitializer.BIAS_KEY),
                normalization,
                window(name, conf),
                1,
                input);
    }

    /** DL4J has the weights as [row, column, input channel, multiplier]; ONNX wants [output channel, 1, row, column]. */
    private String depthwise(
            String name, ConvolutionLayer conf, Layer layer, Weights.@Nullable Affine normalization, String input)
            throws UnsupportedLayerException {
        INDArray weights = Weights.array(layer, ConvolutionParamInitializer.WEIGHT_KEY);
        long channels = weights.size(2);
        long multiplier = weights.size(3);
        return convolution(
                weights.permute(2, 3, 0, 1).dup('c').data().asFloat(),
                new long[] {channels * multiplier, 1, weights.size(0), weights.size(1)},
                Weights.optional(layer, ConvolutionParamInitializer.BIAS_KEY),
                normalization,
                window(name, conf),
                (int) channels,
                input);
    }

    /** A depthwise convolution [multiplier, input channel, row, column], then one of kernel 1 over its channels. */
    private String separable(
            String name, ConvolutionLayer conf, Layer layer, Weights.@Nullable Affine normalization, String input)
            throws UnsupportedLayerException {
        INDArray depth = Weights.array(layer, SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY);
        INDArray point = Weights.array(layer, SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY);
        long multiplier = depth.size(0);
        long channels = depth.size(1);
        String middle = convolution(
                depth.permute(1, 0, 2, 3).dup('c').data().asFloat(),
                new long[] {channels * multiplier, 1, depth.size(2), depth.size(3)},
                null,
                null,
                window(name, conf),
                (int) channels,
                input);
        return convolution(
                point.dup('c').data().asFloat(),
                point.shape(),
                Weights.optional(layer, SeparableConvolutionParamInitializer.BIAS_KEY),
                normalization,
                Map.of("kernel_shape", new int[] {1, 1}),
                1,
                middle);
    }

    private String convolution(
            float[] weights,
            long[] shape,
            float @Nullable [] bias,
            Weights.@Nullable Affine normalization,
            Map<String, ?> window,
            int groups,
            String input) {
        List<String> inputs = new ArrayList<>();
        inputs.add(input);
        inputs.add(model.constant(normalization == null ? weights : normalization.scaled(weights), shape));
        float[] shift = normalization == null ? bias : normalization.shifted(bias);
        if (shift != null) {
            inputs.add(model.constant(shift, shift.length));
        }
        Map<String, Object> attributes = new HashMap<>(window);
        attributes.put("group", groups);
        return model.node("Conv", inputs, attributes);
    }

    private String dense(Layer layer, String input) {
        INDArray weights = Weights.array(layer, "W");
        List<String> inputs = new ArrayList<>();
        inputs.add(input);
        inputs.add(model.constant(Weights.required(layer, "W"), weights.shape()));
        float[] bias = Weights.optional(layer, "b");
        if (bias != null) {
            inputs.add(model.constant(bias, bias.length));
        }
        return model.node("Gemm", inputs, Map.of());
    }

    private String normalization(String name, Layer layer, String input) throws UnsupportedLayerException {
        requireChannelsFirst(name, ((BatchNormalization) layer.conf().getLayer()).getCnn2DFormat());
        Weights.Affine affine = Weights.Affine.of(layer);
        int channels = affine.scale().length;
        float[] zeros = new float[channels];
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        List<String> inputs = List.of(
                input,
                model.constant(affine.scale(), channels),
                model.constant(affine.shift(), channels),
                model.constant(zeros, channels),
                model.constant(ones, channels));
        return model.node("BatchNormalization", inputs, Map.of("epsilon", 0f));
    }

    private String pool(String name, SubsamplingLayer conf, String input) throws UnsupportedLayerException {
        requireChannelsFirst(name, conf.getCnn2dDataFormat());
        Map<String, Object> window = window(
                name,
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode());
        window.remove("dilations");
        return switch (conf.getPoolingType()) {
            case MAX -> model.node("MaxPool", List.of(input), window);
            case AVG -> {
                window.put("count_include_pad", conf.isAvgPoolIncludePadInDivisor() ? 1 : 0);
                yield model.node("AveragePool", List.of(input), window);
            }
            default -> throw new UnsupportedLayerException(name, conf.getPoolingType() + " pooling");
        };
    }

    private String globalPool(String name, GlobalPoolingLayer conf, String input) throws UnsupportedLayerException {
        String operator = switch (conf.getPoolingType()) {
            case AVG -> "GlobalAveragePool";
            case MAX -> "GlobalMaxPool";
            default -> throw new UnsupportedLayerException(name, "global " + conf.getPoolingType() + " pooling");
        };
        String pooled = model.node(operator, List.of(input), Map.of());
        return conf.isCollapseDimensions() ? flatten(pooled) : pooled;
    }

    private String pad(String name, ZeroPaddingLayer conf, String input) throws UnsupportedLayerException {
        requireChannelsFirst(name, conf.getDataFormat());
        int[] p = conf.getPadding(); // top, bottom, left, right
        return model.padded(input, p[0], p[2], p[1], p[3]);
    }

    /** [batch, everything else] */
    String flatten(String input) {
        return model.node("Flatten", List.of(input), Map.of("axis", 1));
    }

    private static Map<String, Object> window(String name, ConvolutionLayer conf) throws UnsupportedLayerException {
        return window(
                name,
                conf.getKernelSize(),
                conf.getStride(),
                conf.getPadding(),
                conf.getDilation(),
                conf.getConvolutionMode());
    }

    private static Map<String, Object> window(
            String name, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode)
            throws UnsupportedLayerException {
        Map<String, Object> window = new HashMap<>();
        window.put("kernel_shape", kernel);
        window.put("strides", stride);
        window.put("dilations", dilation);
        if (mode == ConvolutionMode.Same) {
            window.put("auto_pad", "SAME_UPPER"); // DL4J as well puts the odd pixel below and to the right
        } else if (mode == ConvolutionMode.Causal) {
            throw new UnsupportedLayerException(name, "causal convolution");
        } else {
            window.put("pads", new int[] {padding[0], padding[1], padding[0], padding[1]});
        }
        return window;
    }

    private static void requireChannelsFirst(String name, CNN2DFormat format) throws UnsupportedLayerException {
        if (format != CNN2DFormat.NCHW) {
            throw new UnsupportedLayerException(name, "channels last");
        }
    }

    private static UnsupportedLayerException unsupported(String name, Object conf) {
        return new UnsupportedLayerException(name, conf.getClass().getSimpleName());
    }
}
