/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

/**
 * How far the records of a partition are suspected of having killed its last owner. They are answered one by one, so
 * that the next death names the one that it was of. Not thread-safe.
 */
final class Suspicion {

    /** So many workers a record may kill: one in a batch, the others with it alone. */
    private static final int DEADLY = 3;

    private final long end;
    private long next;
    private int left;
    private int deathsAlone;
    private boolean begun;

    /**
     * @param next offset of the first suspect
     * @param end behind the last record that the dead owner can have had
     * @param most how many it can have had at once
     * @param deathsAlone workers that died of the first suspect when they had nothing else under way
     */
    Suspicion(long next, long end, int most, int deathsAlone) {
        this.next = next;
        this.end = end;
        this.left = most;
        this.deathsAlone = deathsAlone;
    }

    /** Of nothing: the last owner went in good order, or there was none. */
    static Suspicion none(long next) {
        return new Suspicion(next, next, 0, 0);
    }

    /** Whether no record is under suspicion any more. */
    boolean isOver() {
        return left == 0 || next >= end;
    }

    /** Whether a record that came once more, after a rollback, has its answer. */
    boolean isAnswered(long offset) {
        return offset < next;
    }

    boolean isDeadly() {
        return 1 + deathsAlone >= DEADLY;
    }

    /** Where the first suspect stands. */
    long next() {
        return next;
    }

    int deathsAlone() {
        return deathsAlone;
    }

    /** True the first time that the first suspect is tried: a try that Kafka or the store cut short is no death. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** The first suspect has its answer. */
    void answered(long offset) {
        next = offset + 1;
        left--;
        deathsAlone = 0;
        begun = false;
    }
}
