/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.classifier.archive.GoldenSet;
import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.engine.onnx.InputShape;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelImportRequested;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.training.publish.ModelPublisher;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * From an uploaded ONNX file to a version that can serve and not be trained on. Nobody evaluated it here: it serves if
 * no other version does, or when that was asked for.
 */
@Component
final class ImportJob {

    static final String RECIPE = "imported";

    /** How far from 1 a row of probabilities may sum up, in float arithmetic. */
    private static final double SUM_TOLERANCE = 1e-3;

    private final ObjectStore store;
    private final ModelRegistryReader registry;
    private final ModelPublisher models;

    ImportJob(ObjectStore store, ModelRegistryReader registry, ModelPublisher models) {
        this.store = store;
        this.registry = registry;
        this.models = models;
    }

    /** @throws InvalidArchiveException when the file is no network that can serve; says what is missing */
    JobResult run(ModelImportRequested command) throws InvalidArchiveException {
        String key = ObjectKeys.upload(command.fileSha256());
        try {
            return run(command, key);
        } catch (InvalidArchiveException e) {
            store.delete(key);
            throw e;
        }
    }

    private JobResult run(ModelImportRequested command, String key) throws InvalidArchiveException {
        byte[] onnx = store.get(key, ModelArchive.MAX_PART_BYTES)
                .orElseThrow(() -> new InvalidArchiveException("its file is not in the object store; upload it again"));
        if (!Sha256.of(onnx).equals(command.fileSha256())) {
            throw new InvalidArchiveException("its file is not the one that was uploaded (sha256)");
        }
        ModelVersion champion = registry.current().champion(command.model());
        ModelVersion version = models.store(draft(command, onnx, champion));
        boolean promote = champion == null || command.promote();
        String decision = champion == null
                ? "it is the first version"
                : promote
                        ? "that was asked for"
                        : "version " + champion.version() + " serves and promotion was not asked for";
        return JobResult.of(
                version,
                promote,
                "imported; " + decision,
                new TrainingCompleted(
                        command.jobId(),
                        command.model(),
                        version.version(),
                        null,
                        promote,
                        decision,
                        null,
                        null,
                        Instant.now()),
                () -> store.delete(key));
    }

    private static ModelPublisher.Draft draft(
            ModelImportRequested command, byte[] onnx, @Nullable ModelVersion champion) throws InvalidArchiveException {
        try {
            ModelManifest.Input input = input(OnnxClassifier.inputShape(onnx), command);
            GoldenSet golden;
            try (Classifier classifier = OnnxClassifier.load(onnx, input, command.labels())) {
                golden = GoldenSet.record(classifier);
            }
            boolean logits = hasLogits(golden, command.labels().size());
            if (logits) {
                Tensors.softmax(golden.probabilities().toArray(float[][]::new));
            }
            return new ModelPublisher.Draft(
                    command.model(),
                    champion == null ? null : champion.version(),
                    command.labels(),
                    input,
                    logits,
                    ModelArchive.ENGINE_ONNX,
                    null,
                    RECIPE,
                    null,
                    null,
                    Map.of(),
                    "imported from an ONNX file with sha256 " + command.fileSha256(),
                    Map.of(ModelArchive.ONNX, onnx, ModelArchive.GOLDEN, Json.write(golden)),
                    command.jobId(),
                    Instant.now());
        } catch (IOException | IllegalStateException e) {
            throw new InvalidArchiveException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ModelManifest.Input input(InputShape shape, ModelImportRequested command)
            throws InvalidArchiveException {
        int given = command.inputSize() == null ? InputShape.OPEN : command.inputSize();
        int height = shape.height() == InputShape.OPEN ? given : shape.height();
        int width = shape.width() == InputShape.OPEN ? given : shape.width();
        if (height == InputShape.OPEN || width == InputShape.OPEN) {
            throw new InvalidArchiveException("it takes pictures of any size; say which it is to get (inputSize)");
        }
        if (given != InputShape.OPEN && (given != height || given != width)) {
            throw new InvalidArchiveException("it takes pictures of %s, not of %d x %d".formatted(shape, given, given));
        }
        int channels =
                shape.channels() == InputShape.OPEN ? Math.max(3, command.mean().size()) : shape.channels();
        return new ModelManifest.Input(
                channels,
                height,
                width,
                forEach(channels, command.mean(), "mean"),
                forEach(channels, command.std(), "std"));
    }

    private static List<Double> forEach(int channels, List<Double> values, String name) throws InvalidArchiveException {
        if (values.size() == channels) {
            return values;
        }
        if (values.size() == 1) {
            return Collections.nCopies(channels, values.get(0));
        }
        throw new InvalidArchiveException("it has %d channels, %s has %d numbers; give one for each, or one"
                .formatted(channels, name, values.size()));
    }

    /** Whether its answers to drawn pictures are no probabilities as they come. */
    private static boolean hasLogits(GoldenSet golden, int labels) throws InvalidArchiveException {
        boolean logits = false;
        for (float[] row : golden.probabilities()) {
            if (row.length != labels) {
                throw new InvalidArchiveException(
                        "it tells %d classes apart, and there are %d labels".formatted(row.length, labels));
            }
            double sum = 0;
            for (float value : row) {
                if (!Float.isFinite(value)) {
                    throw new InvalidArchiveException("it answers a drawn picture with " + value);
                }
                sum += value;
                logits |= value < 0;
            }
            logits |= Math.abs(sum - 1) > SUM_TOLERANCE;
        }
        return logits;
    }
}
