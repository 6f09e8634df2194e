/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

    @Test
    void pictures_thatOneAloneGetsRight_areCounted() {
        McNemar paired = McNemar.of(right(0, 1, 2, 5), right(1, 2, 3, 4, 6));

        assertThat(paired).isEqualTo(new McNemar(2, 3));
    }

    /** By hand, of 2^n ways; and for many pictures against the normal distribution. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "1, 1, 1",
        "0, 1, 1",
        "0, 5, 0.0625",
        "5, 0, 0.0625",
        "1, 5, 0.21875",
        "2, 8, 0.109375",
        "5000, 5200, 0.0488"
    })
    void pValue_isThatOfTheExactTest(int onlyCandidate, int onlyChampion, double expected) {
        assertThat(new McNemar(onlyCandidate, onlyChampion).pValue()).isCloseTo(expected, within(5e-4));
    }

    private static BitSet right(int... pictures) {
        BitSet right = new BitSet();
        for (int picture : pictures) {
            right.set(picture);
        }
        return right;
    }
}
