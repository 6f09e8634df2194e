/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit.pretrained;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a version of a model has learned, layer by layer, running means of batch normalizations included. Where it tells
 * other classes apart, its last layer is not taken.
 */
public final class VersionWeights implements InitialWeights {

    private final ComputationGraph learned;
    private final String version;
    private final boolean newHead;

    private VersionWeights(ComputationGraph learned, String version, boolean newHead) {
        this.learned = learned;
        this.version = version;
        this.newHead = newHead;
    }

    /** @throws UnusableWeightsException when the version came without weights that can be trained */
    public static void requireIn(ModelArchive archive) throws UnusableWeightsException {
        network(archive);
    }

    private static byte[] network(ModelArchive archive) throws UnusableWeightsException {
        byte[] network = archive.parts().get(ModelArchive.NETWORK);
        if (network == null) {
            throw new UnusableWeightsException(
                    "Version %s of %s is an ONNX file from elsewhere: it can serve, and not be trained on. Train from scratch, or from a version that was trained here."
                            .formatted(
                                    archive.manifest().version(),
                                    archive.manifest().model()));
        }
        return network;
    }

    /**
     * @param labels of the network that begins with them, in the order of its outputs
     * @throws UnusableWeightsException when the version came without weights that can be trained
     */
    public static VersionWeights of(ModelArchive archive, List<String> labels) throws UnusableWeightsException {
        ModelManifest manifest = archive.manifest();
        try {
            return new VersionWeights(
                    NetworkFile.read(network(archive)),
                    manifest.version(),
                    !manifest.labels().equals(labels));
        } catch (IOException e) {
            throw new UnusableWeightsException(
                    "The weights of version %s of %s cannot be read: %s"
                            .formatted(manifest.version(), manifest.model(), e.getMessage()),
                    e);
        }
    }

    /** Whether the last layer begins anew, because the classes are others. */
    public boolean hasNewHead() {
        return newHead;
    }

    @Override
    public String origin() {
        return "the weights of version " + version
                + (newHead ? ", whose last layer was left out: it tells other classes apart" : "");
    }

    @Override
    public void copyTo(ComputationGraph network) throws UnusableWeightsException {
        List<Layer> from = withWeights(learned);
        List<Layer> to = withWeights(network);
        if (from.size() != to.size()) {
            throw unusable("it has %d layers with weights, the recipe has %d".formatted(from.size(), to.size()));
        }
        int taken = newHead ? to.size() - 1 : to.size();
        for (int i = 0; i < taken; i++) {
            copy(from.get(i), to.get(i));
        }
    }

    private void copy(Layer from, Layer to) throws UnusableWeightsException {
        Map<String, INDArray> values = from.paramTable();
        for (Map.Entry<String, INDArray> target : to.paramTable().entrySet()) {
            INDArray value = values.get(target.getKey());
            if (value == null
                    || values.size() != to.paramTable().size()
                    || !Arrays.equals(value.shape(), target.getValue().shape())) {
                throw unusable("its %s has %s, the recipe's %s has %s"
                        .formatted(name(from), shapes(from), name(to), shapes(to)));
            }
            target.getValue().assign(value);
        }
    }

    private UnusableWeightsException unusable(String difference) {
        return new UnusableWeightsException(
                "The weights of version %s do not fit the recipe as it is now: %s. Take the recipe that it was made with, or train from scratch."
                        .formatted(version, difference));
    }

    private static List<Layer> withWeights(ComputationGraph network) {
        return Arrays.stream(network.getLayers())
                .filter(layer -> layer.numParams() > 0)
                .toList();
    }

    private static String name(Layer layer) {
        return layer.conf().getLayer().getLayerName();
    }

    private static String shapes(Layer layer) {
        StringBuilder shapes = new StringBuilder();
        layer.paramTable()
                .forEach((name, value) -> shapes.append(shapes.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(' ')
                        .append(Arrays.toString(value.shape())));
        return shapes.toString();
    }
}
