/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A loaded network. ONNX Runtime lets any number of threads run one session, so copies of a classifier share it; the
 * last one to let go of it closes it.
 */
final class OnnxSession {

    private final OrtSession session;
    private final String input;
    private final InputShape shape;
    private final String probabilities;
    private final @Nullable String features;
    private final AtomicInteger users = new AtomicInteger(1);

    private OnnxSession(
            OrtSession session, String input, InputShape shape, String probabilities, @Nullable String features) {
        this.session = session;
        this.input = input;
        this.shape = shape;
        this.probabilities = probabilities;
        this.features = features;
    }

    /**
     * Loads a network with one input (see {@link InputShape}) and, first, an output [batch, classes]; a second output of
     * four dimensions is taken for the last feature maps.
     *
     * @throws IOException when the bytes are no such network; the message says what is missing
     */
    static OnnxSession load(byte[] model) throws IOException {
        ExternalData.refuse(model);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // A worker has a thread for each core already, and each of them a session run of its own.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options);
            try {
                return describe(session);
            } catch (IOException | OrtException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime cannot load it: " + e.getMessage(), e);
        }
    }

    private static OnnxSession describe(OrtSession session) throws OrtException, IOException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            throw new IOException("the network has %d inputs, a classifier has one".formatted(inputs.size()));
        }
        String input = inputs.keySet().iterator().next();
        InputShape shape = InputShape.of(require(inputs.get(input), 4, "input"));
        String probabilities = null;
        String features = null;
        for (Map.Entry<String, NodeInfo> output : session.getOutputInfo().entrySet()) {
            if (probabilities == null) {
                require(output.getValue(), 2, "first output");
                probabilities = output.getKey();
            } else if (features == null && isFloats(output.getValue(), 4)) {
                features = output.getKey();
            }
        }
        if (probabilities == null) {
            throw new IOException("the network has no output");
        }
        return new OnnxSession(session, input, shape, probabilities, features);
    }

    private static TensorInfo require(@Nullable NodeInfo node, int rank, String what) throws IOException {
        if (node != null && isFloats(node, rank)) {
            return (TensorInfo) node.getInfo();
        }
        throw new IOException("the network's %s is %s, expected 32-bit floats of %d dimensions"
                .formatted(what, node == null ? "missing" : node.getInfo(), rank));
    }

    private static boolean isFloats(NodeInfo node, int rank) {
        return node.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.FLOAT
                && tensor.getShape().length == rank;
    }

    OrtSession ort() {
        return session;
    }

    String input() {
        return input;
    }

    InputShape shape() {
        return shape;
    }

    String probabilities() {
        return probabilities;
    }

    @Nullable
    String features() {
        return features;
    }

    OnnxSession retain() {
        users.incrementAndGet();
        return this;
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("the session cannot be closed", e);
            }
        }
    }
}
