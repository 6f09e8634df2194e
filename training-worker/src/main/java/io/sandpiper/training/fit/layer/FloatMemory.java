/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.layer;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** Looks at ND4J's native memory through buffers. A buffer is valid as long as its array is. */
final class FloatMemory {

    private FloatMemory() {}

    /** The array itself when its elements lie in C order without gaps, else a copy that does. */
    static INDArray contiguous(INDArray array) {
        return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
    }

    /** @param array contiguous, of 32-bit floats */
    static FloatBuffer floats(INDArray array) {
        return pointer(array).asBuffer();
    }

    /** The same bits as integers: comparing floats with zero branches, masking bits does not. */
    static IntBuffer bits(INDArray array) {
        return pointer(array).asByteBuffer().order(ByteOrder.nativeOrder()).asIntBuffer();
    }

    private static FloatPointer pointer(INDArray array) {
        return new FloatPointer(array.data().addressPointer()).capacity(array.length());
    }
}
