/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneGateTest {

    @Test
    void bulk_beginsWhenInteractiveHasEnded() {
        LaneGate gate = new LaneGate(Duration.ofMinutes(1), 1);
        gate.enter();
        gate.enter();
        CompletableFuture<Void> bulk = CompletableFuture.runAsync(() -> stepBack(gate));

        gate.leave();
        await().during(Duration.ofMillis(50)).until(() -> !bulk.isDone());
        gate.leave();
        await().atMost(Duration.ofSeconds(5)).until(bulk::isDone);
    }

    @Test
    void bulk_isNotStoppedForEver() {
        LaneGate gate = new LaneGate(Duration.ofMillis(20), 1);
        gate.enter();

        await().atMost(Duration.ofSeconds(5)).until(CompletableFuture.runAsync(() -> stepBack(gate))::isDone);
    }

    @Test
    void bulk_doesNotWaitForNobody() {
        LaneGate gate = new LaneGate(Duration.ofMinutes(1), 1);
        gate.enter();
        gate.leave();
        stepBack(gate);
        assertThat(gate).isNotNull();
    }

    @Test
    void bulk_restsWhileTheOtherLaneIsInUse() throws Exception {
        LaneGate gate = new LaneGate(Duration.ZERO, 0.25);
        Duration worked = Duration.ofMillis(20);

        long started = System.nanoTime();
        gate.rest(worked);
        long idle = System.nanoTime() - started;
        gate.enter();
        started = System.nanoTime();
        gate.rest(worked);
        long used = System.nanoTime() - started;

        assertThat(Duration.ofNanos(used)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
        assertThat(idle).isLessThan(used);
    }

    private static void stepBack(LaneGate gate) {
        try {
            gate.stepBack();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
