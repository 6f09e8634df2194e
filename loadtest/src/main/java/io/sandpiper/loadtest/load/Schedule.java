/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import io.sandpiper.loadtest.load.Workload.Arrivals;
import io.sandpiper.loadtest.load.Workload.Phase;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * The intended times of a workload, in nanoseconds from its start. They depend on nothing that happens: whoever is late
 * has waited since then, which is what its latency counts from.
 */
final class Schedule implements Iterator<Long> {

    private static final long SEED = 7;

    private final Workload workload;
    private final Random random = new Random(SEED);
    private int phase;
    private double phaseStart;
    private double next;

    Schedule(Workload workload) {
        this.workload = workload;
    }

    @Override
    public boolean hasNext() {
        while (phase < workload.phases().size()) {
            double end = phaseStart + current().seconds() * 1e9;
            if (next < end) {
                return true;
            }
            phase++;
            phaseStart = end;
            next = end;
        }
        return false;
    }

    @Override
    public Long next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        long time = (long) next;
        double gap = 1e9 / current().rate();
        next += workload.arrivals() == Arrivals.POISSON ? -Math.log(1 - random.nextDouble()) * gap : gap;
        return time;
    }

    private Phase current() {
        return workload.phases().get(phase);
    }
}
