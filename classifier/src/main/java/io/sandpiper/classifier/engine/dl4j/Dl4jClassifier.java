/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link ComputationGraph}, which is not safe to share between threads, so neither is this. */
public final class Dl4jClassifier implements Classifier {

    private final ComputationGraph network;
    private final ModelManifest.Input input;
    private final List<String> labels;

    /** @param network from now on this classifier's own */
    public Dl4jClassifier(ComputationGraph network, ModelManifest.Input input, List<String> labels) {
        this.network = network;
        this.input = input;
        this.labels = List.copyOf(labels);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public ModelManifest.Input input() {
        return input;
    }

    @Override
    public float[][] classify(List<Pixels> batch) {
        long[] shape = {batch.size(), input.channels(), input.height(), input.width()};
        try (INDArray tensor =
                        Nd4j.createFromArray(Tensors.normalize(batch, input)).reshape(shape);
                INDArray probabilities = network.outputSingle(tensor)) {
            return probabilities.toFloatMatrix();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
