/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.ModelManifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsufficientMemoryExceptionTest {

    private static final ModelManifest.Input INPUT =
            new ModelManifest.Input(3, 512, 512, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
    private static final long GIGABYTE = 1L << 30;

    @Test
    void picturesThatDoNotFitIntoTheHeap_areRefusedBeforeTheyAreLoaded() {
        assertThatThrownBy(() -> InsufficientMemoryException.requireRoom("A data set", 60_000, INPUT, 1, GIGABYTE))
                .isInstanceOf(InsufficientMemoryException.class)
                .hasMessageContaining("A data set of 60000 pictures of 512 x 512 needs 45000 MB")
                .hasMessageContaining("may use 614 MB")
                .hasMessageContaining("smaller input size");
        assertThatCode(() -> InsufficientMemoryException.requireRoom("A data set", 800, INPUT, 1, GIGABYTE))
                .doesNotThrowAnyException();
    }
}
