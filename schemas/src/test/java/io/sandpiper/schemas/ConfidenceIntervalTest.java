/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceIntervalTest {

    /** Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I. */
    @Test
    void share_liesWhereThePublishedTableSays() {
        assertClose(ConfidenceInterval.ofShare(81, 263), 0.2553, 0.3662);
        assertClose(ConfidenceInterval.ofShare(15, 148), 0.0624, 0.1605);
        assertClose(ConfidenceInterval.ofShare(0, 20), 0, 0.1611);
        assertClose(ConfidenceInterval.ofShare(1, 29), 0.0061, 0.1718);
    }

    @Test
    void allThereWere_areNotCertain() {
        ConfidenceInterval interval = ConfidenceInterval.ofShare(10, 10);

        assertThat(interval.high()).isCloseTo(1, within(1e-12));
        assertThat(interval.low()).isBetween(0.7, 0.75);
    }

    @Test
    void nothing_isNoShare() {
        assertThatThrownBy(() -> ConfidenceInterval.ofShare(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConfidenceInterval.ofShare(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertClose(ConfidenceInterval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, within(0.00006));
        assertThat(interval.high()).isCloseTo(high, within(0.00006));
    }
}
