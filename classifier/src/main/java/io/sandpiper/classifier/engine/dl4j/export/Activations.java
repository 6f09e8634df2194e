/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Activation functions as ONNX nodes. */
final class Activations {

    private static final float SIX = 6;

    private final OnnxModel model;

    Activations(OnnxModel model) {
        this.model = model;
    }

    /** @return the name of the result; that of the input when there is nothing to do */
    String append(String layer, IActivation activation, String input) throws UnsupportedLayerException {
        if (activation instanceof ActivationIdentity) {
            return input;
        }
        if (activation instanceof ActivationReLU6) {
            return clip(input);
        }
        if (activation instanceof ActivationReLU relu) {
            return relu(layer, relu, input);
        }
        if (activation instanceof ActivationLReLU leaky) {
            return model.node("LeakyRelu", List.of(input), Map.of("alpha", (float) leaky.getAlpha()));
        }
        if (activation instanceof ActivationELU elu) {
            return model.node("Elu", List.of(input), Map.of("alpha", (float) elu.getAlpha()));
        }
        if (activation instanceof ActivationSwish) {
            return model.node("Mul", List.of(input, model.node("Sigmoid", List.of(input), Map.of())), Map.of());
        }
        if (activation instanceof ActivationHardSigmoid) {
            return model.node("HardSigmoid", List.of(input), Map.of("alpha", 0.2f, "beta", 0.5f));
        }
        if (activation instanceof ActivationSoftmax) {
            return model.node("Softmax", List.of(input), Map.of("axis", 1));
        }
        return model.node(plain(layer, activation), List.of(input), Map.of());
    }

    private static String plain(String layer, IActivation activation) throws UnsupportedLayerException {
        if (activation instanceof ActivationSigmoid) {
            return "Sigmoid";
        }
        if (activation instanceof ActivationTanH) {
            return "Tanh";
        }
        if (activation instanceof ActivationSoftPlus) {
            return "Softplus";
        }
        throw new UnsupportedLayerException(layer, "activation " + activation);
    }

    private String relu(String layer, ActivationReLU relu, String input) throws UnsupportedLayerException {
        if (relu.getThreshold() != null && relu.getThreshold() != 0) {
            throw new UnsupportedLayerException(layer, "relu with a threshold");
        }
        Double slope = relu.getNegativeSlope();
        String output = slope == null || slope == 0
                ? model.node("Relu", List.of(input), Map.of())
                : model.node("LeakyRelu", List.of(input), Map.of("alpha", slope.floatValue()));
        Double max = relu.getMax();
        if (max == null || max == 0) {
            return output;
        }
        return model.node("Min", List.of(output, model.constant(new float[] {max.floatValue()})), Map.of());
    }

    private String clip(String input) {
        String low = model.constant(new float[] {0});
        String high = model.constant(new float[] {SIX});
        return model.node("Clip", List.of(input, low, high), Map.of());
    }
}
