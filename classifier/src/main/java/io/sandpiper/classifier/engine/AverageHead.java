/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

/**
 * The end of a network that takes the mean of each of its last feature maps, and makes logits of the means with one dense
 * layer.
 *
 * @param weights [class][channel]
 * @param bias one for each class
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record AverageHead(float[][] weights, float[] bias) {}
