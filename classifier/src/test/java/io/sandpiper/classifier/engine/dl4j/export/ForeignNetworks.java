/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Networks as others save them: each class's score is how much there is of one colour. */
public final class ForeignNetworks {

    private static final int SCORE = 4;

    private ForeignNetworks() {}

    /**
     * Red, green or blue.
     *
     * @param batch pictures a run; 0: any number
     * @param channelsLast as TensorFlow has it
     * @param softmax whether it gives probabilities
     */
    public static byte[] colours(int batch, boolean channelsLast, boolean softmax) {
        OnnxModel model = new OnnxModel();
        String planes = "picture";
        if (channelsLast) {
            model.input("picture", batch, 8, 8, 3);
            planes = model.node("Transpose", List.of("picture"), Map.of("perm", new int[] {0, 3, 1, 2}));
        } else {
            model.input("picture", batch, 3, 8, 8);
        }
        String means = model.node("GlobalAveragePool", List.of(planes), Map.of());
        String flat = model.node("Flatten", List.of(means), Map.of("axis", 1));
        String weights = model.constant(new float[] {SCORE, 0, 0, 0, SCORE, 0, 0, 0, SCORE}, 3, 3);
        if (softmax) {
            String scores = model.node("MatMul", List.of(flat, weights), Map.of());
            model.named("answer", "Softmax", List.of(scores), Map.of("axis", 1));
        } else {
            model.named("answer", "MatMul", List.of(flat, weights), Map.of());
        }
        model.output("answer", batch, 3);
        return model.bytes();
    }

    /** The same, but its weights are said to lie in a file. */
    public static byte[] withWeightsIn(String file) {
        try {
            Onnx.ModelProto.Builder model = Onnx.ModelProto.parseFrom(colours(0, false, true)).toBuilder();
            model.getGraphBuilder()
                    .getInitializerBuilder(0)
                    .clearRawData()
                    .setDataLocation(Onnx.TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(Onnx.StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue(file));
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same again, hidden in the branch of an "If". */
    public static byte[] withWeightsInABranch(String file) {
        try {
            Onnx.ModelProto.Builder model = Onnx.ModelProto.parseFrom(colours(0, false, true)).toBuilder();
            Onnx.GraphProto branch =
                    Onnx.ModelProto.parseFrom(withWeightsIn(file)).getGraph();
            model.getGraphBuilder()
                    .addNode(Onnx.NodeProto.newBuilder()
                            .setOpType("If")
                            .addAttribute(Onnx.AttributeProto.newBuilder()
                                    .setName("then_branch")
                                    .setG(branch)));
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
