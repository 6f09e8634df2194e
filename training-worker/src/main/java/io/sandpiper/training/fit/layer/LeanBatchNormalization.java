/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalization of [picture, channel, row, column] in two passes over the memory each way, where DL4J takes about
 * ten. Ioffe and Szegedy, 2015 (arXiv 1502.03167), algorithm 1; the gradients are those of its section 3, collected so
 * that dx = a dy + b x + c for each channel. Outside of training it is DL4J's own.
 */
final class LeanBatchNormalization extends BatchNormalization {

    private static final long serialVersionUID = 1L;

    private float[] picture = new float[0];
    private float[] pictureGradient = new float[0];
    private float[] mean = new float[0];
    private float[] variance = new float[0];
    private float[] inverseStd = new float[0];

    LeanBatchNormalization(NeuralNetConfiguration conf) {
        super(conf, DataType.FLOAT);
    }

    /** Whether this layer's settings are among those that are done here. */
    static boolean supports(org.deeplearning4j.nn.conf.layers.BatchNormalization conf) {
        return !conf.isLockGammaBeta() && !conf.isUseLogStd() && conf.getCnn2DFormat() == CNN2DFormat.NCHW;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!training || input.rank() != 4) {
            return super.activate(training, workspaces);
        }
        INDArray in = FloatMemory.contiguous(input);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, in.shape(), 'c');
        Planes planes = new Planes(in);
        measure(FloatMemory.floats(in), planes);
        float[] scale = new float[planes.channels];
        float[] shift = new float[planes.channels];
        float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        float[] beta = vector(BatchNormalizationParamInitializer.BETA);
        for (int c = 0; c < planes.channels; c++) {
            scale[c] = gamma[c] * inverseStd[c];
            shift[c] = beta[c] - mean[c] * scale[c];
        }
        FloatBuffer from = FloatMemory.floats(in);
        FloatBuffer to = FloatMemory.floats(out);
        for (int n = 0; n < planes.pictures; n++) {
            from.get(n * planes.size, picture, 0, planes.size);
            for (int c = 0; c < planes.channels; c++) {
                float a = scale[c];
                float b = shift[c];
                for (int i = c * planes.plane; i < (c + 1) * planes.plane; i++) {
                    picture[i] = a * picture[i] + b;
                }
            }
            to.put(n * planes.size, picture, 0, planes.size);
        }
        return out;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (input.rank() != 4) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray in = FloatMemory.contiguous(input);
        INDArray above = FloatMemory.contiguous(epsilon);
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, in.shape(), 'c');
        Planes planes = new Planes(in);
        float[] dBeta = new float[planes.channels];
        float[] dGamma = new float[planes.channels];
        sumGradients(FloatMemory.floats(in), FloatMemory.floats(above), planes, dBeta, dGamma);
        float[] gamma = vector(BatchNormalizationParamInitializer.GAMMA);
        float[] a = new float[planes.channels];
        float[] b = new float[planes.channels];
        float[] k = new float[planes.channels];
        for (int c = 0; c < planes.channels; c++) {
            a[c] = gamma[c] * inverseStd[c];
            b[c] = -a[c] * inverseStd[c] * dGamma[c] / planes.count;
            k[c] = -a[c] * dBeta[c] / planes.count - b[c] * mean[c];
        }
        FloatBuffer from = FloatMemory.floats(in);
        FloatBuffer dy = FloatMemory.floats(above);
        FloatBuffer dx = FloatMemory.floats(out);
        for (int n = 0; n < planes.pictures; n++) {
            from.get(n * planes.size, picture, 0, planes.size);
            dy.get(n * planes.size, pictureGradient, 0, planes.size);
            for (int c = 0; c < planes.channels; c++) {
                float ac = a[c];
                float bc = b[c];
                float kc = k[c];
                for (int i = c * planes.plane; i < (c + 1) * planes.plane; i++) {
                    pictureGradient[i] = ac * pictureGradient[i] + bc * picture[i] + kc;
                }
            }
            dx.put(n * planes.size, pictureGradient, 0, planes.size);
        }
        return new Pair<>(gradients(dGamma, dBeta), out);
    }

    /** Mean and variance of each channel. Measured from the channel's first value: no digits are lost to a large mean. */
    private void measure(FloatBuffer in, Planes planes) {
        double[] sums = new double[planes.channels];
        double[] squares = new double[planes.channels];
        float[] origin = new float[planes.channels];
        if (picture.length < planes.size) {
            picture = new float[planes.size];
            pictureGradient = new float[planes.size];
        }
        for (int n = 0; n < planes.pictures; n++) {
            in.get(n * planes.size, picture, 0, planes.size);
            for (int c = 0; c < planes.channels; c++) {
                if (n == 0) {
                    origin[c] = picture[c * planes.plane];
                }
                addMoments(c * planes.plane, (c + 1) * planes.plane, origin[c], sums, squares, c);
            }
        }
        mean = new float[planes.channels];
        variance = new float[planes.channels];
        inverseStd = new float[planes.channels];
        for (int c = 0; c < planes.channels; c++) {
            double offset = sums[c] / planes.count;
            double var = Math.max(0, squares[c] / planes.count - offset * offset);
            mean[c] = (float) (origin[c] + offset);
            variance[c] = (float) var;
            inverseStd[c] = (float) (1 / Math.sqrt(var + layerConf().getEps()));
        }
    }

    /** Four sums at a time: one alone waits for itself. */
    private void addMoments(int from, int to, float origin, double[] sums, double[] squares, int channel) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float q0 = 0;
        float q1 = 0;
        float q2 = 0;
        float q3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            float d0 = picture[i] - origin;
            float d1 = picture[i + 1] - origin;
            float d2 = picture[i + 2] - origin;
            float d3 = picture[i + 3] - origin;
            s0 += d0;
            s1 += d1;
            s2 += d2;
            s3 += d3;
            q0 += d0 * d0;
            q1 += d1 * d1;
            q2 += d2 * d2;
            q3 += d3 * d3;
        }
        for (; i < to; i++) {
            float d = picture[i] - origin;
            s0 += d;
            q0 += d * d;
        }
        sums[channel] += s0 + s1 + s2 + s3;
        squares[channel] += q0 + q1 + q2 + q3;
    }

    /** Sum of dy, and of dy times the normalised value, for each channel. */
    private void sumGradients(FloatBuffer in, FloatBuffer above, Planes planes, float[] dBeta, float[] dGamma) {
        double[] sums = new double[planes.channels];
        double[] products = new double[planes.channels];
        for (int n = 0; n < planes.pictures; n++) {
            in.get(n * planes.size, picture, 0, planes.size);
            above.get(n * planes.size, pictureGradient, 0, planes.size);
            for (int c = 0; c < planes.channels; c++) {
                addProducts(c * planes.plane, (c + 1) * planes.plane, mean[c], sums, products, c);
            }
        }
        for (int c = 0; c < planes.channels; c++) {
            dBeta[c] = (float) sums[c];
            dGamma[c] = (float) (products[c] * inverseStd[c]);
        }
    }

    private void addProducts(int from, int to, float origin, double[] sums, double[] products, int channel) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += pictureGradient[i];
            s1 += pictureGradient[i + 1];
            s2 += pictureGradient[i + 2];
            s3 += pictureGradient[i + 3];
            p0 += pictureGradient[i] * (picture[i] - origin);
            p1 += pictureGradient[i + 1] * (picture[i + 1] - origin);
            p2 += pictureGradient[i + 2] * (picture[i + 2] - origin);
            p3 += pictureGradient[i + 3] * (picture[i + 3] - origin);
        }
        for (; i < to; i++) {
            s0 += pictureGradient[i];
            p0 += pictureGradient[i] * (picture[i] - origin);
        }
        sums[channel] += s0 + s1 + s2 + s3;
        products[channel] += p0 + p1 + p2 + p3;
    }

    /** The running mean and variance move by a "gradient" of their own, as DL4J does it: see its BatchNormalization. */
    private Gradient gradients(float[] dGamma, float[] dBeta) {
        Gradient result = new DefaultGradient();
        put(result, BatchNormalizationParamInitializer.GAMMA, dGamma);
        put(result, BatchNormalizationParamInitializer.BETA, dBeta);
        put(
                result,
                BatchNormalizationParamInitializer.GLOBAL_MEAN,
                away(BatchNormalizationParamInitializer.GLOBAL_MEAN, mean));
        put(
                result,
                BatchNormalizationParamInitializer.GLOBAL_VAR,
                away(BatchNormalizationParamInitializer.GLOBAL_VAR, variance));
        return result;
    }

    private float[] away(String parameter, float[] measured) {
        float[] running = vector(parameter);
        float step = (float) (1 - layerConf().getDecay());
        for (int c = 0; c < running.length; c++) {
            running[c] = step * (running[c] - measured[c]);
        }
        return running;
    }

    private void put(Gradient result, String parameter, float[] values) {
        INDArray view = Objects.requireNonNull(gradientViews.get(parameter));
        FloatMemory.floats(view).put(0, values);
        result.setGradientFor(parameter, view);
    }

    private float[] vector(String parameter) {
        return getParam(parameter).toFloatVector();
    }

    /** How a batch lies in memory. */
    private static final class Planes {

        final int pictures;
        final int channels;
        /** Floats of one channel of one picture, and of one whole picture. */
        final int plane;

        final int size;
        /** Floats of one channel over the whole batch. */
        final float count;

        Planes(INDArray batch) {
            pictures = (int) batch.size(0);
            channels = (int) batch.size(1);
            plane = (int) (batch.size(2) * batch.size(3));
            size = channels * plane;
            count = (float) pictures * plane;
        }
    }
}
