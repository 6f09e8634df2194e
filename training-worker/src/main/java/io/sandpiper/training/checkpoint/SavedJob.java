/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.checkpoint;

import io.sandpiper.schemas.Json;
import io.sandpiper.training.fit.FitState;
import io.sandpiper.training.fit.recipe.Recipe;
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

    private static final byte[] MAGIC = "sandpiper checkpoint 2\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param recipe by name, with what was changed about it
     * @param inputHeight pixels
     * @param inputWidth pixels
     * @param tuning in which order layers learn that have learned elsewhere; absent: all of them from the first epoch on
     * @param origin where its first weights came from, in words
     * @param datasetDigest of the snapshot that it is fitted to
     */
    public record Plan(
            String recipe,
            int inputHeight,
            int inputWidth,
            @Nullable Double width,
            Recipe.@Nullable FineTuning tuning,
            String origin,
            String datasetDigest) {}

    /**
     * Magic, plan, epoch, steps, what the validation pictures said, weights, optimizer, best weights; what has no fixed
     * length comes after it, big-endian.
     */
    byte[] toBytes() {
        byte[] json = Json.write(plan);
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length
                + 8 * Integer.BYTES
                + 2 * Double.BYTES
                + json.length
                + Float.BYTES * (state.weights().length + state.optimizer().length + state.best().length));
        bytes.put(MAGIC).putInt(json.length).put(json);
        bytes.putInt(state.epoch()).putInt(state.steps());
        FitState.Seen seen = state.seen();
        bytes.putInt(seen.bestEpoch()).putDouble(seen.bestLoss());
        bytes.putInt(seen.calmEpoch()).putDouble(seen.rate());
        put(bytes, state.weights());
        put(bytes, state.optimizer());
        put(bytes, state.best());
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
            return new SavedJob(
                    plan,
                    new FitState(
                            bytes.getInt(),
                            bytes.getInt(),
                            new FitState.Seen(bytes.getInt(), bytes.getDouble(), bytes.getInt(), bytes.getDouble()),
                            floats(bytes),
                            floats(bytes),
                            floats(bytes)));
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
