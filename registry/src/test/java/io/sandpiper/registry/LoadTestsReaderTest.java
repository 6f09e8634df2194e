/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.LoadSweepMeasured;
import io.sandpiper.schemas.LoadTestEvent;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadTestsReaderTest {

    @Test
    void newestTests_comeFirst_inWhicheverOrderTheyAreTold() {
        List<LoadTestEvent> tests = after(sweep("b", 2), sweep("c", 3), sweep("a", 1));

        assertThat(tests).containsExactly(sweep("c", 3), sweep("b", 2), sweep("a", 1));
    }

    @Test
    void sweepThatGoesOn_isThereOnce_asItWasToldLast() {
        List<LoadTestEvent> tests = after(sweep("a", 1), sweep("b", 2), sweep("a", 3));

        assertThat(tests).containsExactly(sweep("a", 3), sweep("b", 2));
    }

    @Test
    void oldTests_go_afterFifty() {
        List<LoadTestEvent> tests = List.of();
        for (int i = 0; i < 60; i++) {
            tests = LoadTestsReader.with(tests, sweep("test-" + i, i));
        }

        assertThat(tests).hasSize(50).startsWith(sweep("test-59", 59)).endsWith(sweep("test-10", 10));
    }

    private static List<LoadTestEvent> after(LoadTestEvent... events) {
        List<LoadTestEvent> tests = List.of();
        for (LoadTestEvent event : events) {
            tests = LoadTestsReader.with(tests, event);
        }
        return tests;
    }

    private static LoadTestEvent sweep(String id, int endedAt) {
        return new LoadSweepMeasured(
                id,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(endedAt),
                "cifar10",
                32,
                RouteKind.KAFKA,
                64,
                null,
                "a machine",
                List.of());
    }
}
