/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

/**
 * Where fitting stands between two epochs: all it takes to go on as if it had never stopped.
 *
 * @param epoch the last whole one
 * @param steps taken so far; the optimizer counts them
 * @param weights of all layers, running means of batch normalizations included, in the network's order
 * @param optimizer what it remembers of earlier gradients; empty when it remembers nothing
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, written and read as they are; two states are never compared
public record FitState(int epoch, int steps, float[] weights, float[] optimizer) {}
