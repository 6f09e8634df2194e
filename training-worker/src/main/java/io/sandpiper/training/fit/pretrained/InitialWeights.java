/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** Weights that a network begins with, because another one learned them. */
public interface InitialWeights {

    /** Where they come from, in a few words, for the manifest. */
    String origin();

    /** @throws UnusableWeightsException when the layers are others than the network's; the network is then half changed */
    void copyTo(ComputationGraph network) throws UnusableWeightsException;
}
