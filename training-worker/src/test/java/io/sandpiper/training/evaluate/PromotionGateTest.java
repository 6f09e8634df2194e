/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.EvaluationReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    @Test
    void firstVersion_isPromoted() {
        assertThat(PromotionGate.decide(report(0.3), null).promote()).isTrue();
    }

    @Test
    void candidate_isPromotedWhenItIsNotWorse_withTheNumbers() {
        PromotionGate.Decision decision = PromotionGate.decide(report(0.9), report(0.9));

        assertThat(decision.promote()).isTrue();
        assertThat(decision.reason()).contains("90.00 %", "100 held-out pictures");
    }

    @Test
    void worseCandidate_isKeptBack() {
        PromotionGate.Decision decision = PromotionGate.decide(report(0.89), report(0.9));

        assertThat(decision.promote()).isFalse();
        assertThat(decision.reason()).contains("89.00 %", "90.00 %");
    }

    private static EvaluationReport report(double accuracy) {
        return new EvaluationReport("m", 100, accuracy, 0.1, 0, 0, 0, null, List.of(), List.of(), 1, 10, Instant.EPOCH);
    }
}
