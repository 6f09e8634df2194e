/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import io.sandpiper.classifier.engine.AverageHead;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import onnx.Onnx;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * Finds in an ONNX file what {@link OnnxExport} writes for a global average pool and a dense layer behind the feature maps
 * that are its second output. Here, where ONNX's messages can be read.
 */
public final class OnnxHead {

    /** What may stand behind the logits, and between the means and the dense layer. */
    private static final Set<String> BEHIND = Set.of("Identity", "Softmax");

    private static final Set<String> BETWEEN = Set.of("Identity", "Flatten", "Reshape", "Squeeze", "Dropout");

    private final Onnx.GraphProto graph;
    private final Map<String, Onnx.NodeProto> makers = new HashMap<>();
    private final Map<String, Onnx.TensorProto> constants = new HashMap<>();

    private OnnxHead(Onnx.GraphProto graph) {
        this.graph = graph;
        graph.getNodeList().forEach(node -> node.getOutputList().forEach(output -> makers.put(output, node)));
        graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    }

    /** Empty when the network ends in another way, or does not give its feature maps. */
    public static Optional<AverageHead> read(byte[] model, int classes) {
        try {
            return Optional.ofNullable(
                    new OnnxHead(Onnx.ModelProto.parseFrom(model).getGraph()).head(classes));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private @Nullable AverageHead head(int classes) {
        if (graph.getOutputCount() < 2) {
            return null;
        }
        Onnx.NodeProto dense = maker(graph.getOutput(0).getName(), BEHIND);
        if (dense == null || !dense.getOpType().equals("Gemm") || !isPlain(dense)) {
            return null;
        }
        Onnx.NodeProto pool = maker(dense.getInput(0), BETWEEN);
        if (pool == null
                || !pool.getOpType().equals("GlobalAveragePool")
                || !origin(pool.getInput(0)).equals(origin(graph.getOutput(1).getName()))) {
            return null;
        }
        Onnx.TensorProto weights = constants.get(dense.getInput(1));
        Onnx.TensorProto bias = dense.getInputCount() > 2 ? constants.get(dense.getInput(2)) : null;
        return weights == null || (dense.getInputCount() > 2 && bias == null)
                ? null
                : head(floats(weights), bias == null ? new float[classes] : floats(bias), classes, isTransposed(dense));
    }

    private static @Nullable AverageHead head(float[] weights, float[] bias, int classes, boolean byClass) {
        if (bias.length != classes || weights.length == 0 || weights.length % classes != 0) {
            return null;
        }
        int channels = weights.length / classes;
        float[][] rows = new float[classes][channels];
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < channels; k++) {
                rows[c][k] = weights[byClass ? c * channels + k : k * classes + c];
            }
        }
        return new AverageHead(rows, bias);
    }

    /** What makes the values of that name, looked through what is skipped. */
    private Onnx.@Nullable NodeProto maker(String name, Set<String> skipped) {
        Onnx.NodeProto node = makers.get(name);
        while (node != null && skipped.contains(node.getOpType())) {
            node = makers.get(node.getInput(0));
        }
        return node;
    }

    /** The name under which the values are made: an output may be another name for them. */
    private String origin(String name) {
        Onnx.NodeProto node = makers.get(name);
        return node != null && node.getOpType().equals("Identity") ? origin(node.getInput(0)) : name;
    }

    /** No factors, and the means as they come. */
    private static boolean isPlain(Onnx.NodeProto gemm) {
        return gemm.getAttributeList().stream().allMatch(a -> switch (a.getName()) {
            case "alpha", "beta" -> a.getF() == 1;
            case "transA" -> a.getI() == 0;
            default -> true;
        });
    }

    private static boolean isTransposed(Onnx.NodeProto gemm) {
        return gemm.getAttributeList().stream().anyMatch(a -> a.getName().equals("transB") && a.getI() == 1);
    }

    private static float[] floats(Onnx.TensorProto tensor) {
        List<Float> listed = tensor.getFloatDataList();
        float[] values = new float[listed.isEmpty() ? tensor.getRawData().size() / Float.BYTES : listed.size()];
        if (listed.isEmpty()) {
            FloatBuffer raw = tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            raw.get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = listed.get(i);
            }
        }
        return values;
    }
}
