/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.AverageHead;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.FeatureGradients;
import io.sandpiper.classifier.engine.dl4j.export.OnnxHead;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ExplanationMethod;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains the answers of one version, in the best way that its network allows: exactly, where it ends in a global average
 * and one dense layer; by gradients, where the archive has the network as Deeplearning4j keeps it; else by covering parts
 * of the picture. Belongs to one thread, and holds native memory until it is closed.
 */
public final class Explainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Explainer.class);

    private final Classifier classifier;
    private final @Nullable AverageHead head;
    private final @Nullable FeatureGradients gradients;
    private final Pace pace;

    private Explainer(
            Classifier classifier, @Nullable AverageHead head, @Nullable FeatureGradients gradients, Pace pace) {
        this.classifier = classifier;
        this.head = head;
        this.gradients = gradients;
        this.pace = pace;
    }

    /**
     * Opens a network of its own: whoever serves is not held up.
     *
     * @param gradients whether Deeplearning4j may be loaded for them, which takes some 450 MB of memory or disk where its
     *     native libraries are unpacked
     * @throws InvalidArchiveException as {@link ModelArchive#open}
     */
    public static Explainer open(ModelArchive archive, Pace pace, boolean gradients) throws InvalidArchiveException {
        Classifier classifier = archive.open();
        try {
            AverageHead head = head(archive).orElse(null);
            return new Explainer(classifier, head, head == null && gradients ? gradients(archive) : null, pace);
        } catch (InvalidArchiveException | RuntimeException e) {
            classifier.close();
            throw e;
        }
    }

    private static Optional<AverageHead> head(ModelArchive archive) {
        byte[] onnx = archive.parts().get(ModelArchive.ONNX);
        return archive.manifest().engine().equals(ModelArchive.ENGINE_ONNX) && onnx != null
                ? OnnxHead.read(onnx, archive.manifest().labels().size())
                : Optional.empty();
    }

    private static @Nullable FeatureGradients gradients(ModelArchive archive) throws InvalidArchiveException {
        byte[] network = archive.parts().get(ModelArchive.NETWORK);
        if (network == null) {
            return null;
        }
        try {
            return FeatureGradients.read(network, archive.manifest().input()).orElse(null);
        } catch (IOException e) {
            throw new InvalidArchiveException("the network cannot be read: " + e.getMessage(), e);
        }
    }

    public List<String> labels() {
        return classifier.labels();
    }

    /** The shape that pictures must have. */
    public ModelManifest.Input input() {
        return classifier.input();
    }

    /**
     * What speaks for a class.
     *
     * @param picture of the shape of {@link #input}
     * @param label index of the class
     * @throws IllegalStateException when the network cannot compute it
     */
    public Explanation explain(Pixels picture, int label) throws InterruptedException {
        if (head != null) {
            Answers answers = paced(() -> classifier.explain(List.of(picture)));
            return new Explanation(
                    ExplanationMethod.CAM, ActivationMap.of(answers.features().get(0), head.weights()[label]));
        }
        if (gradients != null) {
            try {
                var slopes = paced(() -> gradients.of(picture, label));
                return new Explanation(
                        ExplanationMethod.GRAD_CAM, ActivationMap.of(slopes.features(), slopes.meanGradients()));
            } catch (RuntimeException e) {
                LOG.warn("No gradients, parts of the picture are covered instead: {}", e.toString());
            }
        }
        return new Explanation(ExplanationMethod.OCCLUSION, new Occlusion(classifier, pace).of(picture, label));
    }

    private <T> T paced(Supplier<T> work) throws InterruptedException {
        pace.stepBack();
        long began = System.nanoTime();
        T result = work.get();
        pace.rest(Duration.ofNanos(System.nanoTime() - began));
        return result;
    }

    @Override
    public void close() {
        classifier.close();
        if (gradients != null) {
            gradients.close();
        }
    }
}
