/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import java.nio.IntBuffer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * max(0, x), or min(6, max(0, x)), and its gradient, each in one pass over the memory, where DL4J copies first and then
 * branches. Floats that are not negative compare as their bits do.
 */
final class LeanRelu extends ActivationLayer {

    private static final long serialVersionUID = 1L;
    /** Floats at a time: fits the processor's first cache. */
    private static final int CHUNK = 4096;

    private static final int SIGN = 31;
    /** Of ReLU6. */
    private static final int SIX = Float.floatToRawIntBits(6f);

    private static final int NO_CAP = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final int cap;

    private final int[] values = new int[CHUNK];
    private final int[] gradients = new int[CHUNK];

    private LeanRelu(NeuralNetConfiguration conf, int cap) {
        super(conf, DataType.FLOAT);
        this.cap = cap;
    }

    static LeanRelu relu(NeuralNetConfiguration conf) {
        return new LeanRelu(conf, NO_CAP);
    }

    static LeanRelu relu6(NeuralNetConfiguration conf) {
        return new LeanRelu(conf, SIX);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!training) {
            return super.activate(false, workspaces);
        }
        INDArray in = FloatMemory.contiguous(input);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, in.shape(), 'c');
        IntBuffer from = FloatMemory.bits(in);
        IntBuffer to = FloatMemory.bits(out);
        for (int at = 0; at < from.capacity(); at += CHUNK) {
            int length = Math.min(CHUNK, from.capacity() - at);
            from.get(at, values, 0, length);
            for (int i = 0; i < length; i++) {
                values[i] = Math.min(values[i] & ~(values[i] >> SIGN), cap);
            }
            to.put(at, values, 0, length);
        }
        return out;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        INDArray in = FloatMemory.contiguous(input);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, in.shape(), 'c');
        IntBuffer from = FloatMemory.bits(in);
        IntBuffer above = FloatMemory.bits(FloatMemory.contiguous(epsilon));
        IntBuffer to = FloatMemory.bits(out);
        for (int at = 0; at < from.capacity(); at += CHUNK) {
            int length = Math.min(CHUNK, from.capacity() - at);
            from.get(at, values, 0, length);
            above.get(at, gradients, 0, length);
            for (int i = 0; i < length; i++) {
                // all ones where the value is above zero and below the cap; zero and minus zero have no gradient
                gradients[i] &= ((-values[i] & ~values[i]) >> SIGN) & ((values[i] - cap) >> SIGN);
            }
            to.put(at, gradients, 0, length);
        }
        return new Pair<>(new DefaultGradient(), out);
    }
}
