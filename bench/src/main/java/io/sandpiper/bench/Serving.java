/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import ai.onnxruntime.OrtSession;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.Pixels;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Contenders that answer. The bare ones do nothing but what cannot be left out. */
final class Serving {

    private static final int BATCH = 32;

    private final Subject subject;
    private final byte[] onnx;

    Serving(Subject subject) throws Exception {
        this.subject = subject;
        this.onnx = subject.onnx();
    }

    /** A session's run on tensors that are ready, one thread. */
    Contender bareOnnx(int batch) throws Exception {
        OrtSession session = BareLoop.session(onnx);
        FloatBuffer input = BareLoop.direct(Tensors.normalize(subject.batch(0, batch), subject.recipe.input()));
        return () -> Loop.imagesPerSecond(() -> BareLoop.run(session, input, batch));
    }

    /** From decoded pictures to probabilities, one thread. */
    Contender onnx(int batch) throws Exception {
        return classifying(OnnxClassifier.load(onnx, subject.recipe.input(), subject.labels), batch);
    }

    Contender dl4j(int batch) {
        return classifying(new Dl4jClassifier(subject.network(), subject.recipe.input(), subject.labels), batch);
    }

    private Contender classifying(Classifier classifier, int batch) {
        int[] number = {0};
        return () -> Loop.imagesPerSecond(() -> classifier.classify(subject.batch(number[0]++, batch)).length);
    }

    /** JPEG to pixels, one thread. */
    Contender decoding() {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        int[] number = {0};
        return () -> Loop.imagesPerSecond(() -> decode(decoder, number).size());
    }

    /** JPEG to probabilities, on all cores, as a worker does it. */
    Contender decodingAndClassifying() throws Exception {
        List<Loop.Turn> turns = new ArrayList<>();
        for (int i = 0; i < Subject.CORES; i++) {
            ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
            Classifier classifier = OnnxClassifier.load(onnx, subject.recipe.input(), subject.labels);
            int[] number = {0};
            turns.add(() -> classifier.classify(decode(decoder, number)).length);
        }
        return () -> Loop.imagesPerSecond(turns);
    }

    /** The same with a reused JDK reader and ONNX Runtime and nothing else: no checks, no limits. */
    Contender bareLoop() throws Exception {
        return new BareLoop(onnx, subject.jpegs);
    }

    /** The next pictures, all of them in turn. */
    private List<Pixels> decode(ImageDecoder decoder, int[] number) throws Exception {
        List<Pixels> pixels = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            pixels.add(decoder.decode(subject.jpegs.get(number[0]++ % subject.jpegs.size()), 3, 32, 32));
        }
        return pixels;
    }
}
