/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import java.time.Duration;
import java.time.Instant;

/**
 * Which slice: keys sort by slot, so that those of a time are found without looking at the others.
 *
 * @param slot number of the second, or minute, since 1970
 */
record SliceKey(long slot, String lane, String model) {

    static SliceKey of(Instant at, Duration width, String lane, String model) {
        return new SliceKey(slot(at, width), lane, model);
    }

    static long slot(Instant at, Duration width) {
        return Math.floorDiv(at.toEpochMilli(), width.toMillis());
    }

    /** Below the key of each slice of that slot or a later one. */
    static String from(long slot) {
        return "%013d".formatted(slot);
    }

    /** Neither a lane's name nor a model's has a slash. */
    String write() {
        return from(slot) + "/" + lane + "/" + model;
    }

    static SliceKey read(String key) {
        String[] parts = key.split("/", 3);
        return new SliceKey(Long.parseLong(parts[0]), parts[1], parts[2]);
    }
}
