/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX model in the making: nodes in the order they run, weights by name. ONNX 1.12, operator set 13. */
final class OnnxModel {

    private static final int IR_VERSION = 7;
    private static final int OPERATOR_SET = 13;
    private static final String BATCH = "batch";

    private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder().setName("sandpiper");
    private int names;

    /** A dimension of 0 is the batch's. */
    void input(String name, long... shape) {
        graph.addInput(value(name, shape));
    }

    void output(String name, long... shape) {
        graph.addOutput(value(name, shape));
    }

    /** @return the name of the node's output */
    String node(String operator, List<String> inputs, Map<String, ?> attributes) {
        String output = operator + "-" + ++names;
        named(output, operator, inputs, attributes);
        return output;
    }

    /** A node whose output has a name that was promised. */
    void named(String output, String operator, List<String> inputs, Map<String, ?> attributes) {
        Onnx.NodeProto.Builder node = Onnx.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output);
        attributes.forEach((key, value) -> node.addAttribute(attribute(key, value)));
        graph.addNode(node);
    }

    /** @return the name to refer to the values by */
    String constant(float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(Onnx.TensorProto.DataType.FLOAT, bytes, shape);
    }

    /** Zeros around rows and columns. */
    String padded(String input, int top, int left, int bottom, int right) {
        ByteBuffer pads = ByteBuffer.allocate(8 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        pads.asLongBuffer().put(new long[] {0, 0, top, left, 0, 0, bottom, right});
        return node("Pad", List.of(input, constant(Onnx.TensorProto.DataType.INT64, pads, 8)), Map.of());
    }

    byte[] bytes() {
        return Onnx.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sandpiper")
                .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private String constant(Onnx.TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        String name = "weights-" + ++names;
        Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
        return name;
    }

    private static Onnx.ValueInfoProto value(String name, long... shape) {
        Onnx.TensorShapeProto.Builder dimensions = Onnx.TensorShapeProto.newBuilder();
        for (long size : shape) {
            Onnx.TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
            if (size == 0) {
                dimension.setDimParam(BATCH);
            } else {
                dimension.setDimValue(size);
            }
        }
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(Onnx.TypeProto.newBuilder()
                        .setTensorType(Onnx.TypeProto.Tensor.newBuilder()
                                .setElemType(Onnx.TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    private static Onnx.AttributeProto attribute(String name, Object value) {
        Onnx.AttributeProto.Builder attribute = Onnx.AttributeProto.newBuilder().setName(name);
        if (value instanceof Integer number) {
            attribute.setType(Onnx.AttributeProto.AttributeType.INT).setI(number);
        } else if (value instanceof Float number) {
            attribute.setType(Onnx.AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof String text) {
            attribute.setType(Onnx.AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof int[] numbers) {
            attribute.setType(Onnx.AttributeProto.AttributeType.INTS);
            for (int number : numbers) {
                attribute.addInts(number);
            }
        } else {
            throw new IllegalArgumentException("no attribute type for " + value.getClass());
        }
        return attribute.build();
    }
}
