/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.ingest.explanation.DrawnExplanations.Awaited;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationMethod;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrawnExplanationsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final DrawnExplanations drawn = new DrawnExplanations();
    private int tickets;

    @Test
    void sameWish_isSentOnce_andAllAreTold() {
        Awaited first = await("7", NOW);
        Awaited second = await("7", NOW.plusSeconds(1));
        Awaited other = await("3", NOW);

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(other.isNew()).isTrue();
        assertThat(tickets).isEqualTo(2);

        ExplanationCompleted told = told("7", ExplanationMethod.CAM);
        drawn.with(told);

        assertThat(tickets).isEqualTo(1);
        assertThat(first.outcome().block(Duration.ZERO)).isEqualTo(told);
        assertThat(second.outcome().block(Duration.ZERO)).isEqualTo(told);
        Awaited later = await("7", NOW.plusSeconds(3_000));
        assertThat(later.isNew()).isFalse();
        assertThat(later.outcome().block(Duration.ZERO)).isEqualTo(told);
    }

    @Test
    void failure_isTold_andNotKept() {
        Awaited first = await("7", NOW);
        drawn.with(told("7", null));

        assertThat(first.outcome().block(Duration.ZERO)).isEqualTo(told("7", null));
        assertThat(await("7", NOW).isNew()).isTrue();
    }

    @Test
    void wishThatNobodyTookUp_isSentAgain() {
        await("7", NOW);

        assertThat(await("7", NOW.plusSeconds(59)).isNew()).isFalse();
        assertThat(await("7", NOW.plusSeconds(61)).isNew()).isTrue();
        assertThat(tickets).isEqualTo(1);
    }

    @Test
    void forgotten_isDrawnAgain() {
        drawn.with(told("7", ExplanationMethod.CAM));
        drawn.forget(wanted("7", NOW).explanationId());

        assertThat(await("7", NOW).isNew()).isTrue();
    }

    @Test
    void wishThatIsRefused_leavesNothing() {
        assertThatThrownBy(() -> drawn.await(wanted("7", NOW), () -> {
                    throw new IllegalStateException("one too many");
                }))
                .hasMessage("one too many");

        assertThat(await("7", NOW).isNew()).isTrue();
    }

    private Awaited await(String label, Instant at) {
        return drawn.await(wanted(label, at), () -> {
            tickets++;
            return () -> tickets--;
        });
    }

    private static ExplanationRequested wanted(String label, Instant at) {
        return new ExplanationRequested("id", "mnist", "1", label, new Source("images", 3, 42), at, at.plusSeconds(60));
    }

    private static ExplanationCompleted told(String label, @Nullable ExplanationMethod method) {
        return new ExplanationCompleted(
                wanted(label, NOW).explanationId(),
                "id",
                label,
                method,
                method == null ? new Reason("picture-gone", "It is gone.") : null,
                "w-1",
                NOW);
    }
}
