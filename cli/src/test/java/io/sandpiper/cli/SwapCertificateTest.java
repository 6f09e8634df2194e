/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.ModelSwapped;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SwapCertificateTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final int SWAP = 50;
    private static final int PICTURES = 100;

    private final SwapCertificate certificate = new SwapCertificate("mnist", Duration.ofSeconds(10));

    @Test
    void certificate_whenAllIsWell_isClean() {
        swapInTheMiddle();

        SwapCertificate.Counts counts = count();

        assertThat(counts.isClean()).isTrue();
        assertThat(counts.pictures()).isEqualTo(PICTURES);
        assertThat(counts.answers()).isEqualTo(PICTURES);
        assertThat(counts.swaps()).isEqualTo(1);
    }

    @Test
    void certificate_countsLostDuplicatedLateWrongAndFailed_oneEach() {
        swapInTheMiddle();
        certificate.picture("lost", at(1));
        certificate.answer(answer("id-3", 3, at(3), "1", State.PREDICTED));
        certificate.picture("late", at(1));
        certificate.answer(answer("late", 11, at(12), "1", State.PREDICTED));
        certificate.picture("wrong", at(60));
        certificate.answer(answer("wrong", 60, at(60), "1", State.PREDICTED));
        certificate.picture("failed", at(61));
        certificate.answer(answer("failed", 61, at(61), "2", State.FAILED));

        assertThat(count()).isEqualTo(new SwapCertificate.Counts(PICTURES + 4, PICTURES + 3, 1, 1, 1, 1, 1, 1));
    }

    @Test
    void answer_beforeTheSwap_ofAPictureBehindIt_isWrong() {
        swapInTheMiddle();
        certificate.picture("behind", at(49));
        certificate.answer(answer("behind", SWAP + 10, at(49), "1", State.PREDICTED));

        assertThat(count().wrongVersion()).isEqualTo(1);
    }

    @Test
    void picture_thatNoNetworkSaw_hasNoVersion() {
        swapInTheMiddle();
        certificate.picture("broken", at(60));
        certificate.answer(answer("broken", 60, at(60), null, State.REJECTED));

        assertThat(count().isClean()).isTrue();
    }

    private SwapCertificate.Counts count() {
        return certificate.count(at(1), at(PICTURES));
    }

    /** A picture a second, answered at once; version 2 serves from the fiftieth on. */
    private void swapInTheMiddle() {
        certificate.swap(new ModelSwapped("worker-1", "mnist", "1", null, at(-100), List.of()));
        certificate.swap(
                new ModelSwapped("worker-1", "mnist", "2", "1", at(SWAP), List.of(new Source("images", 0, SWAP))));
        for (int i = 0; i < PICTURES; i++) {
            certificate.picture("id-" + i, at(i));
            certificate.answer(answer("id-" + i, i, at(i), i < SWAP ? "1" : "2", State.PREDICTED));
        }
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static PredictionCompleted answer(
            String id, int offset, Instant at, @Nullable String version, State state) {
        return new PredictionCompleted(
                id,
                "mnist",
                state,
                version,
                null,
                null,
                List.of(),
                null,
                at,
                null,
                at,
                new Source("images", 0, offset),
                "worker-1",
                null,
                null);
    }
}
