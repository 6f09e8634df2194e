/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void ticks_areRound_andNoMoreDigitsThanTheyNeed() {
        assertThat(labels(Axis.share("x"))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(new Axis("x", 0.95, 1))).containsExactly("0.95", "0.96", "0.97", "0.98", "0.99", "1.00");
        assertThat(labels(new Axis("x", 0, 256))).containsExactly("0", "100", "200");
    }

    @Test
    void upTo_endsWithATick_aboveTheMost() {
        assertThat(labels(Axis.upTo("x", 2.3))).containsExactly("0.0", "0.5", "1.0", "1.5", "2.0", "2.5");
        assertThat(labels(Axis.upTo("x", 0))).startsWith("0.0").endsWith("1.0");
    }

    @Test
    void whole_hasNoParts() {
        assertThat(labels(Axis.whole("epoch", 1, 3))).containsExactly("1", "2", "3");
        assertThat(labels(Axis.whole("epoch", 1, 30))).containsExactly("10", "20", "30");
    }

    private static String[] labels(Axis axis) {
        return axis.ticks().stream().map(axis::label).toArray(String[]::new);
    }
}
