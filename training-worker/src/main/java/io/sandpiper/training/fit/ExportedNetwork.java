/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.archive.GoldenSet;
import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.engine.dl4j.export.UnsupportedLayerException;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.schemas.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;

/**
 * A fitted network as the parts of an archive, and the engine that is to serve it: ONNX Runtime where it was seen to
 * answer as DL4J does, else DL4J.
 *
 * @param engineReason why it is not ONNX Runtime; null when it is
 * @param parts by name: the network for each engine, and the golden set
 */
public record ExportedNetwork(String engine, @Nullable String engineReason, Map<String, byte[]> parts) {

    /** How far ONNX Runtime may be from DL4J on the golden inputs. */
    private static final double PARITY = 1e-4;

    public ExportedNetwork {
        parts = Map.copyOf(parts);
    }

    /** @param reference the same network in DL4J */
    static ExportedNetwork of(ComputationGraph network, Classifier reference) {
        GoldenSet golden = GoldenSet.record(reference);
        Map<String, byte[]> parts = new TreeMap<>();
        parts.put(ModelArchive.NETWORK, NetworkFile.write(network));
        parts.put(ModelArchive.GOLDEN, Json.write(golden));
        try {
            byte[] onnx = OnnxExport.write(
                    network, reference.input(), reference.labels().size());
            requireParity(onnx, reference, golden);
            parts.put(ModelArchive.ONNX, onnx);
            return new ExportedNetwork(ModelArchive.ENGINE_ONNX, null, parts);
        } catch (UnsupportedLayerException | InvalidArchiveException | IOException e) {
            return new ExportedNetwork(ModelArchive.ENGINE_DL4J, e.getMessage(), parts);
        }
    }

    private static void requireParity(byte[] onnx, Classifier reference, GoldenSet golden)
            throws IOException, InvalidArchiveException {
        try (Classifier exported = OnnxClassifier.load(onnx, reference.input(), reference.labels())) {
            golden.replay(exported, PARITY);
        }
    }
}
