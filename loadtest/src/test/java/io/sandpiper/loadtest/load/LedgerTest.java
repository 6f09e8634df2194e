/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker is checked: what is planted is found, all of it and nothing else. */
class LedgerTest {

    private static final int SENT = 1_000;

    private final Ledger ledger = new Ledger();

    @Test
    void ledger_whenAllIsWell_isClean() {
        sendAndAnswer();

        Ledger.Verdict verdict = ledger.verdict();

        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.accepted()).isEqualTo(SENT);
        assertThat(verdict.answered()).isEqualTo(SENT);
        assertThat(verdict.versions()).containsEntry("1", (long) SENT);
    }

    @Test
    void ledger_findsOneLost() {
        sendAndAnswer();
        ledger.accepted("lost", 3);

        assertThat(ledger.verdict().isClean()).isFalse();
        assertThat(ledger.verdict().lost()).containsExactly("lost");
    }

    @Test
    void ledger_findsOneDoubled() {
        sendAndAnswer();
        ledger.answered(answer("id-7", 7, "cat", 0.9));

        assertThat(ledger.verdict().isClean()).isFalse();
        assertThat(ledger.verdict().doubled()).containsExactly("id-7");
        assertThat(ledger.verdict().changed()).isEmpty();
    }

    @Test
    void ledger_findsOneInvented() {
        sendAndAnswer();
        ledger.answered(answer("invented", 7, "cat", 0.9));

        assertThat(ledger.verdict().isClean()).isFalse();
        assertThat(ledger.verdict().invented()).containsExactly("invented");
    }

    @Test
    void ledger_findsOneChanged_betweenTwoPicturesThatAreTheSame() {
        sendAndAnswer();
        ledger.accepted("changed", 7);
        ledger.answered(answer("changed", 7, "dog", 0.9));

        assertThat(ledger.verdict().isClean()).isFalse();
        assertThat(ledger.verdict().changed()).containsExactly("changed");
    }

    @Test
    void ledger_findsOneChanged_betweenTopicAndApi() {
        sendAndAnswer();
        ledger.told("id-7", State.PREDICTED, "1", "dog", 0.9);

        assertThat(ledger.verdict().changed()).containsExactly("id-7");
    }

    @Test
    void ledger_findsAllFour_atOnce() {
        sendAndAnswer();
        ledger.accepted("lost", 3);
        ledger.answered(answer("id-7", 7, "cat", 0.9));
        ledger.answered(answer("invented", 7, "cat", 0.9));
        ledger.told("id-8", State.PREDICTED, "1", "dog", 0.9);

        Ledger.Verdict verdict = ledger.verdict();

        assertThat(verdict.lost()).containsExactly("lost");
        assertThat(verdict.doubled()).containsExactly("id-7");
        assertThat(verdict.invented()).containsExactly("invented");
        assertThat(verdict.changed()).containsExactly("id-8");
    }

    @Test
    void ledger_whenAnAnswerIsFasterThanTheAcknowledgement_knowsBoth() {
        ledger.answered(answer("quick", 1, "cat", 0.5));
        ledger.accepted("quick", 1);

        assertThat(ledger.verdict().isClean()).isTrue();
    }

    @Test
    void ledger_whenNobodyKnowsWhetherItWasTaken_allowsAnAnswerAndNone() {
        ledger.unknown("a", 1);
        ledger.unknown("b", 1);
        ledger.answered(answer("a", 1, "cat", 0.5));
        ledger.cut(1);
        ledger.answered(answer("of the one without an id", 1, "cat", 0.5));

        assertThat(ledger.verdict().isClean()).isTrue();
        assertThat(ledger.verdict().accepted()).isZero();
    }

    private void sendAndAnswer() {
        for (int i = 0; i < SENT; i++) {
            ledger.accepted("id-" + i, i % 10);
            // Sums in another order differ in the last digits.
            ledger.answered(answer("id-" + i, i % 10, "cat", 0.9 + i * 1e-9));
        }
    }

    private static PredictionCompleted answer(String id, int offset, String label, double probability) {
        return new PredictionCompleted(
                id,
                "model",
                State.PREDICTED,
                "1",
                label,
                probability,
                List.of(),
                null,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                new Source("images", 0, offset),
                "worker-1",
                null,
                null);
    }
}
