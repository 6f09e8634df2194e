/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.onnx;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ONNX lets a network's weights lie in other files, by path. A network that came from elsewhere could so have ONNX
 * Runtime read any file of this machine: such networks are refused. Walks the fields of Protocol Buffers that lead to
 * tensors (field numbers: onnx.proto).
 */
final class ExternalData {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_DEPTH = 32;

    /** The messages on the way, with the fields that go on. */
    private enum Message {
        MODEL,
        GRAPH,
        FUNCTION,
        NODE,
        ATTRIBUTE,
        SPARSE_TENSOR,
        TENSOR;

        private static final Map<Message, Map<Integer, Message>> FIELDS = Map.of(
                MODEL, Map.of(7, GRAPH, 25, FUNCTION),
                GRAPH, Map.of(1, NODE, 5, TENSOR, 15, SPARSE_TENSOR),
                FUNCTION, Map.of(7, NODE, 11, ATTRIBUTE),
                NODE, Map.of(5, ATTRIBUTE),
                ATTRIBUTE, Map.of(5, TENSOR, 6, GRAPH, 10, TENSOR, 11, GRAPH, 22, SPARSE_TENSOR, 23, SPARSE_TENSOR),
                SPARSE_TENSOR, Map.of(1, TENSOR, 2, TENSOR),
                TENSOR, Map.of());

        @Nullable
        Message next(int field) {
            return FIELDS.getOrDefault(this, Map.of()).get(field);
        }
    }

    /** Of a tensor: where the data lies, and whether it lies there. */
    private static final int EXTERNAL_DATA = 13;

    private static final int DATA_LOCATION = 14;

    private ExternalData() {}

    /** @throws IOException when a tensor's data lies elsewhere, or these are no Protocol Buffers */
    static void refuse(byte[] model) throws IOException {
        try {
            walk(ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN), Message.MODEL, 0);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new IOException("it is no ONNX file", e);
        }
    }

    private static void walk(ByteBuffer in, Message message, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("its graphs are nested too deep");
        }
        while (in.hasRemaining()) {
            long tag = varint(in);
            int field = (int) (tag >>> 3);
            if (message == Message.TENSOR && (field == EXTERNAL_DATA || field == DATA_LOCATION)) {
                requireInside(in, field, (int) (tag & 7));
                continue;
            }
            switch ((int) (tag & 7)) {
                case VARINT -> varint(in);
                case FIXED64 -> skip(in, Long.BYTES);
                case FIXED32 -> skip(in, Integer.BYTES);
                case BYTES -> {
                    long length = varint(in);
                    ByteBuffer inner = in.slice().order(ByteOrder.LITTLE_ENDIAN);
                    skip(in, length);
                    inner.limit((int) length);
                    Message next = message.next(field);
                    if (next != null) {
                        walk(inner, next, depth + 1);
                    }
                }
                default -> throw new IllegalArgumentException("wire type of " + tag);
            }
        }
    }

    private static void requireInside(ByteBuffer in, int field, int wireType) throws IOException {
        if (field == EXTERNAL_DATA || wireType != VARINT || varint(in) != 0) {
            throw new IOException("its weights lie in another file; save it with its weights inside");
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number without end");
    }

    private static void skip(ByteBuffer in, long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new IllegalArgumentException("a field that is longer than its message");
        }
        in.position(in.position() + (int) bytes);
    }
}
