/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a network in ONNX Runtime. Copies share the loaded network; each has an input buffer of its own. */
public final class OnnxClassifier implements Classifier {

    private final OnnxSession session;
    private final ModelManifest.Input input;
    private final Tensors.Normalizer normalizer;
    private final List<String> labels;
    private final boolean logits;
    /** Outside of the heap, so that ONNX Runtime reads from it without a copy. Grows to the largest batch. */
    private FloatBuffer buffer = direct(0);

    private boolean closed;

    private OnnxClassifier(OnnxSession session, ModelManifest.Input input, List<String> labels, boolean logits) {
        this.session = session;
        this.input = input;
        this.normalizer = new Tensors.Normalizer(input);
        this.labels = List.copyOf(labels);
        this.logits = logits;
    }

    /** @throws IOException when the bytes are not a network with one picture input and one row of classes out */
    public static OnnxClassifier load(byte[] model, ModelManifest.Input input, List<String> labels) throws IOException {
        return load(model, input, labels, false);
    }

    /** @param logits whether the softmax is left to us */
    public static OnnxClassifier load(byte[] model, ModelManifest.Input input, List<String> labels, boolean logits)
            throws IOException {
        OnnxSession session = OnnxSession.load(model);
        try {
            session.shape().require(input);
        } catch (IOException e) {
            session.release();
            throw e;
        }
        return new OnnxClassifier(session, input, labels, logits);
    }

    /** What pictures a network takes, without running it. */
    public static InputShape inputShape(byte[] model) throws IOException {
        OnnxSession session = OnnxSession.load(model);
        session.release();
        return session.shape();
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
        return run(batch, Set.of(session.probabilities())).probabilities();
    }

    @Override
    public Answers explain(List<Pixels> batch) {
        String features = session.features();
        return run(
                batch, features == null ? Set.of(session.probabilities()) : Set.of(session.probabilities(), features));
    }

    @Override
    public Classifier copy() {
        return new OnnxClassifier(session.retain(), input, labels, logits);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            session.release();
        }
    }

    /** A network that was saved for batches of one size gets its pictures in such; the last of them may be filled up. */
    private Answers run(List<Pixels> batch, Set<String> outputs) {
        int size = session.shape().batch();
        if (size == InputShape.OPEN) {
            return run(batch, batch.size(), outputs);
        }
        float[][] probabilities = new float[batch.size()][];
        List<FeatureMaps> maps = new ArrayList<>();
        for (int from = 0; from < batch.size(); from += size) {
            List<Pixels> part = batch.subList(from, Math.min(batch.size(), from + size));
            Answers answers = run(part, size, outputs);
            System.arraycopy(answers.probabilities(), 0, probabilities, from, part.size());
            maps.addAll(answers.features()
                    .subList(0, Math.min(part.size(), answers.features().size())));
        }
        return new Answers(probabilities, maps);
    }

    private Answers run(List<Pixels> batch, int size, Set<String> outputs) {
        long[] shape = session.shape().of(size, input);
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), fill(batch, size), shape);
                OrtSession.Result result = session.ort().run(Map.of(session.input(), tensor), outputs)) {
            float[][] probabilities = rows(output(result, session.probabilities()), size);
            if (logits) {
                Tensors.softmax(probabilities);
            }
            String features = session.features();
            return new Answers(
                    probabilities,
                    features == null || !outputs.contains(features) ? List.of() : maps(output(result, features)));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot run the network: " + e.getMessage(), e);
        }
    }

    private FloatBuffer fill(List<Pixels> batch, int pictures) {
        int size = pictures * normalizer.size();
        if (buffer.capacity() < size) {
            buffer = direct(size);
        }
        buffer.clear();
        for (Pixels pixels : batch) {
            float[] planes = normalizer.normalize(pixels);
            buffer.put(session.shape().channelsLast() ? Tensors.channelsLast(planes, input.channels()) : planes);
        }
        return buffer.position(size).flip();
    }

    private static OnnxTensor output(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow(() -> new IllegalStateException("no output " + name));
    }

    private static float[][] rows(OnnxTensor tensor, int rows) {
        FloatBuffer values = tensor.getFloatBuffer();
        int columns = values.remaining() / rows;
        float[][] table = new float[rows][columns];
        for (float[] row : table) {
            values.get(row);
        }
        return table;
    }

    private static List<FeatureMaps> maps(OnnxTensor tensor) {
        long[] shape = tensor.getInfo().getShape();
        FloatBuffer values = tensor.getFloatBuffer();
        List<FeatureMaps> maps = new ArrayList<>();
        for (int i = 0; i < shape[0]; i++) {
            float[] one = new float[Math.toIntExact(shape[1] * shape[2] * shape[3])];
            values.get(one);
            maps.add(new FeatureMaps((int) shape[1], (int) shape[2], (int) shape[3], one));
        }
        return maps;
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
