/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashPairsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 16})
    void pairs_areThoseThatComparingAllFinds_eachOnce(int distance) throws Exception {
        long[] hashes = familiesOfThree();
        List<List<Integer>> expected = new ArrayList<>();
        for (int i = 0; i < hashes.length; i++) {
            for (int j = i + 1; j < hashes.length; j++) {
                if (Long.bitCount(hashes[i] ^ hashes[j]) <= distance) {
                    expected.add(List.of(i, j));
                }
            }
        }

        List<List<Integer>> found = new ArrayList<>();
        HashPairs.forEach(hashes, distance, (one, other) -> found.add(List.of(one, other)));

        assertThat(expected).isNotEmpty();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Each like the one before in all but a few bits. */
    private static long[] familiesOfThree() {
        Random random = new Random(5);
        long[] hashes = new long[600];
        for (int i = 0; i < hashes.length; i++) {
            if (i % 3 == 0) {
                hashes[i] = random.nextLong();
                continue;
            }
            hashes[i] = hashes[i - 1];
            for (int flips = random.nextInt(12); flips > 0; flips--) {
                hashes[i] ^= 1L << random.nextInt(64);
            }
        }
        return hashes;
    }
}
