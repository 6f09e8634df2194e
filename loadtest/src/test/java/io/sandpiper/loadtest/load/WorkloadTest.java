/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.loadtest.load.Workload.Arrivals;
import io.sandpiper.loadtest.load.Workload.Phase;
import io.sandpiper.schemas.LoadTestEvent.RouteKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.sandpiper.loadtest.load.Workload#shipped")
    void shippedWorkload_canBeRead(String name) {
        assertThat(Workload.load(name).description()).isNotBlank();
    }

    @Test
    void mistakes_areToldInWords() throws Exception {
        Path file = folder.resolve("mine.yaml");
        String right = """
                description: x
                route: KAFKA
                model: m
                side: 32
                batch: 1
                arrivals: EVEN
                connections: 1
                waitSeconds: 0
                phases: [{seconds: 1, rate: 1}]
                """;
        Files.writeString(file, right.replace("side: 32", "side: 0"));
        assertThatThrownBy(() -> Workload.load(file.toString()))
                .isInstanceOf(LoadTestException.class)
                .hasMessageContaining("side is from 1 to 1024");
        Files.writeString(file, right + "speed: 3");
        assertThatThrownBy(() -> Workload.load(file.toString())).hasMessageContaining("speed");
        assertThatThrownBy(() -> Workload.load("nothing")).hasMessageContaining("normal-50-users");
    }

    @Test
    void evenArrivals_areEvenlySpaced_phaseAfterPhase() {
        List<Long> times = times(Arrivals.EVEN, new Phase(1, 10), new Phase(1, 2));

        assertThat(times).hasSize(12);
        assertThat(times.get(1) - times.get(0)).isEqualTo(100_000_000L);
        assertThat(times.get(10)).isEqualTo(1_000_000_000L);
        assertThat(times.get(11)).isEqualTo(1_500_000_000L);
    }

    @Test
    void poissonArrivals_haveTheRate_andAreTheSameEachTime() {
        List<Long> times = times(Arrivals.POISSON, new Phase(100, 100));

        assertThat(times).isSorted().isEqualTo(times(Arrivals.POISSON, new Phase(100, 100)));
        assertThat((double) times.size()).isCloseTo(10_000, within(400.0));
    }

    private static List<Long> times(Arrivals arrivals, Phase... phases) {
        Schedule schedule =
                new Schedule(new Workload("x", RouteKind.KAFKA, "m", 32, 1, arrivals, 1, 0, List.of(phases)));
        List<Long> times = new ArrayList<>();
        schedule.forEachRemaining(times::add);
        return times;
    }
}
