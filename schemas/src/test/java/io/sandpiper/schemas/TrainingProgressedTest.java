/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrainingProgressedTest {

    private static final TrainingProgressed FITTING = new TrainingProgressed(
            "job",
            "mnist",
            Phase.FITTING,
            4,
            9,
            2,
            7,
            0.5,
            0.9,
            100,
            1_000L,
            new Checkpoint(3, "key", "abc"),
            1,
            Instant.EPOCH);

    @Test
    void workersThatEnd_areCounted_andThoseThatAreStoppedInOrder_areNot() {
        assertThat(FITTING.takenUp().takenUp().attempt()).isEqualTo(3);

        TrainingProgressed often = FITTING;
        for (int restart = 0; restart < 20; restart++) {
            often = often.left().takenUp();
        }
        assertThat(often.attempt()).isEqualTo(1);
        assertThat(FITTING.takenUp().left().attempt())
                .as("the one before it was killed")
                .isEqualTo(1);
    }

    @Test
    void jobThatIsLeft_waitsForAWorker_andKeepsWhatItLearned() {
        TrainingProgressed left = FITTING.left();

        assertThat(left.phase()).isEqualTo(Phase.QUEUED);
        assertThat(left.attempt()).isZero();
        assertThat(left.checkpoint()).isEqualTo(FITTING.checkpoint());
        assertThat(left.epochs()).isEqualTo(9);
    }
}
