/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.objectstore.ObjectStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShortageTest {

    /** As they come from the heap, from JavaCPP, from ND4J, and from threads that fit. */
    static Stream<Throwable> outOfMemory() {
        return Stream.of(
                new OutOfMemoryError("Java heap space"),
                new OutOfMemoryError("Physical memory usage is too high: physicalBytes (4G) > maxPhysicalBytes (4G)"),
                new IllegalStateException(new OutOfMemoryError("Failed to allocate memory within limits")),
                new IllegalStateException("a batch could not be made", new RuntimeException("std::bad_alloc")),
                new RuntimeException("Allocation failed: [[33554432, 12]]"));
    }

    @ParameterizedTest
    @MethodSource("outOfMemory")
    void wantOfMemory_isToldAsSuch_withWhatToDo(Throwable failure) {
        assertThat(Shortage.of(failure)).satisfies(reason -> {
            assertThat(reason.code()).isEqualTo("out-of-memory");
            assertThat(reason.detail()).contains("smaller batch size", "-Xmx", "SANDPIPER_MAX_MEMORY");
        });
    }

    static Stream<Throwable> outOfDisk() {
        return Stream.of(
                new UncheckedIOException(new IOException("No space left on device")),
                new ObjectStoreException(
                        "cannot write x: Storage backend has reached its minimum free drive threshold.", null),
                new IllegalStateException("x", new IOException("There is not enough space on the disk")));
    }

    @ParameterizedTest
    @MethodSource("outOfDisk")
    void wantOfDisk_isToldAsSuch(Throwable failure) {
        assertThat(Shortage.of(failure)).satisfies(reason -> {
            assertThat(reason.code()).isEqualTo("out-of-disk");
            assertThat(reason.detail()).contains("train again");
        });
    }

    @Test
    void otherFailures_areNoShortage() {
        IllegalArgumentException inner = new IllegalArgumentException("two");
        IllegalStateException loop = new IllegalStateException("one", inner);
        inner.initCause(loop);

        assertThat(Shortage.of(loop)).isNull();
        assertThat(Shortage.of(new NullPointerException())).isNull();
    }
}
