/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.evaluate;

import java.util.BitSet;

/**
 * Two classifiers on the same pictures (McNemar, 1947). Pictures that both get right, or both get wrong, say nothing
 * about which is better; of the others, as many should go either way if they are equally good.
 *
 * @param onlyCandidate pictures that the candidate alone gets right
 * @param onlyChampion pictures that the champion alone gets right
 */
public record McNemar(int onlyCandidate, int onlyChampion) {

    static McNemar of(BitSet candidate, BitSet champion) {
        BitSet only = (BitSet) candidate.clone();
        only.andNot(champion);
        BitSet other = (BitSet) champion.clone();
        other.andNot(candidate);
        return new McNemar(only.cardinality(), other.cardinality());
    }

    /** How likely chance alone parts equally good ones so far, or farther, either way: the exact binomial test. */
    public double pValue() {
        int decided = onlyCandidate + onlyChampion;
        int fewer = Math.min(onlyCandidate, onlyChampion);
        double logChoose = 0;
        double tail = 0;
        for (int i = 0; i <= fewer; i++) {
            logChoose += i == 0 ? 0 : Math.log((double) (decided - i + 1) / i);
            tail += Math.exp(logChoose - decided * Math.log(2));
        }
        return Math.min(1, 2 * tail);
    }
}
