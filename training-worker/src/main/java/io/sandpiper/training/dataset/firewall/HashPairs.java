/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import java.util.Arrays;

/**
 * Finds the pairs of hashes that differ in a few bits only. Two hashes within distance d agree in at least one of d + 1
 * parts, so only those that agree in a part are compared: multi-index hashing, M. Norouzi, A. Punjani and D. Fleet, 2012
 * (arXiv 1307.2982).
 */
final class HashPairs {

    /**
     * Where very many agree in a part, each is compared with so many of them only: the time stays in proportion to the
     * number of hashes, and some pairs among pictures that all look alike are missed.
     */
    private static final int WINDOW = 4096;

    private static final int LOOK_UP = 1 << 12;

    private HashPairs() {}

    /** Takes two indexes, the smaller one first. */
    @FunctionalInterface
    interface Pair {
        void accept(int one, int other);
    }

    /**
     * @param distance in bits, 0 to 31
     * @throws InterruptedException when the thread is interrupted
     */
    static void forEach(long[] hashes, int distance, Pair pair) throws InterruptedException {
        int parts = distance + 1;
        for (int part = 0; part < parts; part++) {
            int from = Long.SIZE * part / parts;
            int to = Long.SIZE * (part + 1) / parts;
            long[] sorted = sorted(hashes, from, to);
            for (int i = 0; i < sorted.length; i++) {
                if (i % LOOK_UP == 0 && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                int one = (int) sorted[i];
                int end = Math.min(sorted.length, i + 1 + WINDOW);
                for (int j = i + 1; j < end && sorted[j] >> Integer.SIZE == sorted[i] >> Integer.SIZE; j++) {
                    int other = (int) sorted[j];
                    long difference = hashes[one] ^ hashes[other];
                    if (Long.bitCount(difference) <= distance && isFirst(difference, part, parts)) {
                        pair.accept(one, other);
                    }
                }
            }
        }
    }

    /** The folded bits of a part, then the index. */
    private static long[] sorted(long[] hashes, int from, int to) {
        long mask = to - from == Long.SIZE ? -1 : (1L << (to - from)) - 1;
        long[] keys = new long[hashes.length];
        for (int i = 0; i < keys.length; i++) {
            long bits = (hashes[i] >>> from) & mask;
            keys[i] = ((long) Long.hashCode(bits) << Integer.SIZE) | i;
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Whether a pair agrees in no part before this one, where it would have been told already. */
    private static boolean isFirst(long difference, int part, int parts) {
        for (int before = 0; before < part; before++) {
            int from = Long.SIZE * before / parts;
            int width = Long.SIZE * (before + 1) / parts - from;
            if (((difference >>> from) & ((1L << width) - 1)) == 0) {
                return false;
            }
        }
        return true;
    }
}
