/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.schemas.TrainingCompleted.Fitted;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What fitting made: a network that can be asked and kept. Belongs to the thread that fitted it. */
public final class FittedNetwork implements AutoCloseable {

    private final ComputationGraph network;
    private final Classifier classifier;
    private final Fitted fitted;

    /** @param classifier of the network; closed with this */
    FittedNetwork(ComputationGraph network, Classifier classifier, Fitted fitted) {
        this.network = network;
        this.classifier = classifier;
        this.fitted = fitted;
    }

    /** Answers with the weights as they are now; closed with this. */
    public Classifier classifier() {
        return classifier;
    }

    /** How it came to its end. */
    public Fitted fitted() {
        return fitted;
    }

    /** DL4J's own file: what the weights are, to the last bit. */
    byte[] file() {
        return NetworkFile.write(network);
    }

    /** For the model archive. */
    public ExportedNetwork export() {
        return ExportedNetwork.of(network, classifier);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
