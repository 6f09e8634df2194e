/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.onnx;

import ai.onnxruntime.TensorInfo;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a network's input looks like: [batch, channels, rows, columns], or [batch, rows, columns, channels] as
 * TensorFlow has it.
 *
 * @param batch pictures a run; {@link #OPEN} where any number will do
 * @param channelsLast whether it is the second of the two
 * @param channels 1 or 3; {@link #OPEN} where the network does not say
 * @param height pixels; may be {@link #OPEN}, and so may the width
 */
public record InputShape(int batch, boolean channelsLast, int channels, int height, int width) {

    public static final int OPEN = -1;

    static InputShape of(TensorInfo tensor) throws IOException {
        long[] shape = tensor.getShape();
        boolean last = !isChannels(shape[1]) && isChannels(shape[3]);
        if (!last && !isChannels(shape[1]) && shape[1] != OPEN) {
            throw new IOException(
                    "the network's input is %s; a picture has 1 or 3 channels, in the second place or the last"
                            .formatted(Arrays.toString(shape)));
        }
        return new InputShape(
                Math.toIntExact(shape[0]),
                last,
                Math.toIntExact(shape[last ? 3 : 1]),
                Math.toIntExact(shape[last ? 1 : 2]),
                Math.toIntExact(shape[last ? 2 : 3]));
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
    }

    /** @throws IOException when pictures of that input do not fit; says both */
    void require(ModelManifest.Input input) throws IOException {
        if (!fits(channels, input.channels()) || !fits(height, input.height()) || !fits(width, input.width())) {
            throw new IOException("the network takes pictures of %s, the manifest has %d x %d x %d"
                    .formatted(this, input.channels(), input.height(), input.width()));
        }
    }

    private static boolean fits(int size, int wanted) {
        return size == OPEN || size == wanted;
    }

    /** Of this many pictures. */
    long[] of(int pictures, ModelManifest.Input input) {
        return channelsLast
                ? new long[] {pictures, input.height(), input.width(), input.channels()}
                : new long[] {pictures, input.channels(), input.height(), input.width()};
    }

    @Override
    public String toString() {
        return "%s x %s x %s".formatted(text(channels), text(height), text(width));
    }

    private static String text(int size) {
        return size == OPEN ? "any" : String.valueOf(size);
    }
}
