/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** Linux hands the same free port out again now and then: the broker was given one for two listeners. */
    @Test
    void noPort_isGivenTwice() {
        assertThat(IntStream.range(0, 2_000).map(i -> Ports.any())).doesNotHaveDuplicates();
    }
}
