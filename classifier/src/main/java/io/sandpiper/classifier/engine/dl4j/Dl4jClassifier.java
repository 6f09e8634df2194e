/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        try (INDArray tensor = tensor(batch);
                INDArray probabilities = network.outputSingle(tensor)) {
            return probabilities.toFloatMatrix();
        }
    }

    @Override
    public Answers explain(List<Pixels> batch) {
        Optional<FeatureVertex> vertex = FeatureVertex.of(network, input);
        if (vertex.isEmpty()) {
            return new Answers(classify(batch), List.of());
        }
        try (INDArray tensor = tensor(batch)) {
            Map<String, INDArray> activations = network.feedForward(tensor, false);
            INDArray maps = Objects.requireNonNull(activations.get(vertex.get().name()));
            List<FeatureMaps> features = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                features.add(new FeatureMaps(
                        (int) maps.size(1),
                        (int) maps.size(2),
                        (int) maps.size(3),
                        maps.slice(i).dup('c').data().asFloat()));
            }
            String output = network.getConfiguration().getNetworkOutputs().get(0);
            return new Answers(Objects.requireNonNull(activations.get(output)).toFloatMatrix(), features);
        } finally {
            network.clear();
        }
    }

    /** With weights of its own as well: a DL4J network is not safe to share in any part. */
    @Override
    public Classifier copy() {
        ComputationGraph clone = new ComputationGraph(network.getConfiguration().clone());
        clone.init(network.params().dup(), false);
        return new Dl4jClassifier(clone, input, labels);
    }

    private INDArray tensor(List<Pixels> batch) {
        long[] shape = {batch.size(), input.channels(), input.height(), input.width()};
        return Nd4j.createFromArray(Tensors.normalize(batch, input)).reshape(shape);
    }

    @Override
    public void close() {
        network.close();
    }
}
