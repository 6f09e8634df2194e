/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.training.fit.FitState;
import io.sandpiper.training.fit.recipe.Recipe;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SavedJobTest {

    private static final SavedJob SAVED = new SavedJob(
            new SavedJob.Plan(
                    "mnist-cnn", 28, 28, 0.5, new Recipe.FineTuning(0, 3, 0.1), "the weights of version 2", "abc"),
            new FitState(
                    3,
                    42,
                    new FitState.Seen(2, 0.25, 1, 0.1),
                    new float[] {1, -2.5f, Float.MIN_VALUE},
                    new float[] {0, 7},
                    new float[] {3, 4, 5}));

    @Test
    void checkpoint_isReadAsItWasWritten() throws IOException {
        SavedJob read = SavedJob.of(SAVED.toBytes());

        assertThat(read.plan()).isEqualTo(SAVED.plan());
        assertThat(read.state().epoch()).isEqualTo(3);
        assertThat(read.state().steps()).isEqualTo(42);
        assertThat(read.state().seen()).isEqualTo(SAVED.state().seen());
        assertThat(read.state().best()).containsExactly(SAVED.state().best());
        assertThat(read.state().weights()).containsExactly(SAVED.state().weights());
        assertThat(read.state().optimizer()).containsExactly(SAVED.state().optimizer());
    }

    /** Wherever the writing broke off. */
    @Test
    void checkpointThatIsCutShort_isNone() {
        byte[] whole = SAVED.toBytes();

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SavedJob.of(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void lengthThatCannotBe_takesNoMemory() {
        byte[] changed = SAVED.toBytes();
        Arrays.fill(changed, 23, 27, (byte) 0x7f);

        assertThatThrownBy(() -> SavedJob.of(changed)).isInstanceOf(IOException.class);
    }
}
