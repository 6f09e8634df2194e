/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.schemas.EvaluationReport.Interval;
import org.junit.jupiter.api.Test;

class WilsonTest {

    /** Newcombe, 1998, table I: 81 of 263, and 0 of 20. */
    @Test
    void interval_isAsPublished() {
        Interval some = Wilson.interval(81, 263);
        Interval none = Wilson.interval(0, 20);

        assertThat(some.low()).isCloseTo(0.2553, within(5e-5));
        assertThat(some.high()).isCloseTo(0.3662, within(5e-5));
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611, within(5e-5));
    }

    @Test
    void allRight_isNotCertain() {
        Interval interval = Wilson.interval(10, 10);

        assertThat(interval.high()).isCloseTo(1, within(1e-12));
        assertThat(interval.low()).isBetween(0.7, 0.75);
    }
}
