/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.checkpoint;

import io.sandpiper.schemas.Json;
import io.sandpiper.training.fit.FitState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All it takes to go on with a job on another machine.
 *
 * @param plan what the job decided when it began: it must not decide otherwise now
 */
public record SavedJob(Plan plan, FitState state) {

    private static final byte[] MAGIC = "sandpiper checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param recipe by name, with what was changed about it
     * @param inputHeight pixels
     * @param inputWidth pixels
     * @param pretrained file of weights that it began with; absent: at random
     * @param origin where its first weights came from, in words
     * @param datasetDigest of the snapshot that it is fitted to
     */
    public record Plan(
            String recipe,
            int inputHeight,
            int inputWidth,
            @Nullable Double width,
            @Nullable String pretrained,
            String origin,
            String datasetDigest) {}

    /** Magic, plan, epoch, steps, weights, optimizer; each part after its length, big-endian. */
    byte[] toBytes() {
        byte[] json = Json.write(plan);
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length
                + 5 * Integer.BYTES
                + json.length
                + Float.BYTES * (state.weights().length + state.optimizer().length));
        bytes.put(MAGIC).putInt(json.length).put(json);
        bytes.putInt(state.epoch()).putInt(state.steps());
        put(bytes, state.weights());
        put(bytes, state.optimizer());
        return bytes.array();
    }

    /** @throws IOException when it is no checkpoint */
    static SavedJob of(byte[] content) throws IOException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            byte[] magic = bytes(bytes, MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException("it does not begin like a checkpoint");
            }
            Plan plan = Json.read(bytes(bytes, bytes.getInt()), Plan.class);
            return new SavedJob(plan, new FitState(bytes.getInt(), bytes.getInt(), floats(bytes), floats(bytes)));
        } catch (BufferUnderflowException e) {
            throw new IOException("it is cut short", e);
        }
    }

    private static void put(ByteBuffer bytes, float[] values) {
        bytes.putInt(values.length);
        bytes.asFloatBuffer().put(values);
        bytes.position(bytes.position() + Float.BYTES * values.length);
    }

    private static byte[] bytes(ByteBuffer bytes, int length) {
        byte[] part = new byte[requireThere(bytes, length)];
        bytes.get(part);
        return part;
    }

    private static float[] floats(ByteBuffer bytes) {
        int length = bytes.getInt();
        float[] values = new float[requireThere(bytes, (long) length * Float.BYTES) / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + Float.BYTES * length);
        return values;
    }

    /** Before memory is taken for it. */
    private static int requireThere(ByteBuffer bytes, long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }
}
