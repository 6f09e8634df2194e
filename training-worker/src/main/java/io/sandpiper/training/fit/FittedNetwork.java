/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** What fitting made: a network that can be asked and kept. Belongs to the thread that fitted it. */
public final class FittedNetwork implements AutoCloseable {

    private final MultiLayerNetwork network;
    private final Classifier classifier;

    FittedNetwork(MultiLayerNetwork network, List<String> labels) {
        this.network = network;
        this.classifier = new Dl4jClassifier(network, MnistCnn.INPUT, labels);
    }

    /** Answers with the weights as they are now; closed with this. */
    public Classifier classifier() {
        return classifier;
    }

    /** For the model archive. */
    public byte[] file() {
        return NetworkFile.write(network);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
