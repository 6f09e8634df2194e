/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

/**
 * Reads the pictures of one lane and sees that each gets its answer. There are two ways to share a lane among workers,
 * and all workers have to use the same: see {@link PartitionLane} and {@link ShareLane}.
 */
interface LaneConsumer {

    /** Does nothing when it runs already. */
    void start();

    /** Ends the batch that is under way and gives back what it holds; blocks until then, some seconds at most. */
    void stop();

    /** Whether it takes part in the reading; no partition need have fallen to this worker. */
    boolean isRunning();

    /** Whether pictures come to this worker. */
    boolean isConsuming();
}
