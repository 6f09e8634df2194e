/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.archive.ModelSignatures;
import io.sandpiper.classifier.archive.SigningKeys;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.EvaluationReport;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.training.TrainingProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts versions into the object store: artifacts first, manifest next. Events follow, so what an event names is complete. */
@Component
public final class ModelPublisher {

    private static final String UNNUMBERED = "0";

    private final ObjectStore store;
    private final @Nullable PrivateKey signingKey;

    ModelPublisher(TrainingProperties properties, ObjectStore store) throws IOException {
        this.store = store;
        this.signingKey = signingKey(properties);
    }

    private static @Nullable PrivateKey signingKey(TrainingProperties properties) throws IOException {
        Path file = properties.signingKey();
        if (file == null) {
            return null;
        }
        if (properties.verifyKey() != null) {
            SigningKeys.makeIfMissing(file, properties.verifyKey());
        }
        return ModelSignatures.privateKey(file);
    }

    /**
     * A version that has no number yet.
     *
     * @param parts the archive's files without the manifest
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Draft(
            String model,
            @Nullable String parent,
            List<String> labels,
            ModelManifest.Input input,
            @Nullable Boolean logits,
            String engine,
            @Nullable String engineReason,
            String recipe,
            @Nullable Double width,
            @Nullable String datasetDigest,
            Map<String, Double> metrics,
            String origin,
            Map<String, byte[]> parts,
            @Nullable String jobId,
            Instant createdAt) {

        /**
         * The same, once it has been judged.
         *
         * @param page the report for people, HTML
         * @param profile what it made of the pictures that it was judged on
         */
        public Draft with(EvaluationReport report, byte[] page, ServingProfile profile) {
            Map<String, byte[]> more = new TreeMap<>(parts);
            more.put(ModelArchive.PROFILE, Json.writePretty(profile));
            more.put(ModelArchive.REPORT_PAGE, page);
            more.put(ModelArchive.REPORT, Json.writePretty(report));
            return new Draft(
                    model,
                    parent,
                    labels,
                    input,
                    logits,
                    engine,
                    engineReason,
                    recipe,
                    width,
                    datasetDigest,
                    metrics(report),
                    origin,
                    more,
                    jobId,
                    createdAt);
        }

        private static Map<String, Double> metrics(EvaluationReport report) {
            Map<String, Double> metrics = new TreeMap<>();
            metrics.put(ModelVersion.ACCURACY, report.accuracy());
            metrics.put("loss", report.loss());
            metrics.put("macroF1", report.macroF1());
            metrics.put("testImages", (double) report.images());
            if (report.macroRocAuc() != null) {
                metrics.put("macroRocAuc", report.macroRocAuc());
            }
            return metrics;
        }
    }

    /**
     * As a worker will.
     *
     * @throws InvalidArchiveException when none could
     */
    public Classifier open(Draft draft) throws InvalidArchiveException {
        return new ModelArchive(manifest(draft, UNNUMBERED), draft.parts()).open();
    }

    /**
     * Gives the draft the next free number, and its signature. Two publishers at once get two numbers.
     *
     * @throws InvalidArchiveException when no worker could open it; then nothing is stored
     */
    public ModelVersion store(Draft draft) throws InvalidArchiveException {
        open(draft).close();
        String version = claim(draft);
        draft.parts().forEach((name, bytes) -> {
            if (!name.equals(ModelArchive.GOLDEN)) {
                store.put(ObjectKeys.archivePart(draft.model(), version, name), bytes, contentType(name));
            }
        });
        byte[] manifest = Json.writePretty(manifest(draft, version));
        String manifestKey = ObjectKeys.archivePart(draft.model(), version, ModelArchive.MANIFEST);
        store.put(manifestKey, manifest, contentType(ModelArchive.MANIFEST));
        ModelVersion published = new ModelVersion(
                draft.model(),
                version,
                draft.parent(),
                draft.labels(),
                manifestKey,
                Sha256.of(manifest),
                draft.metrics(),
                draft.datasetDigest(),
                draft.jobId(),
                null,
                draft.createdAt());
        return signingKey == null ? published : ModelSignatures.sign(published, signingKey);
    }

    /** Whoever writes the golden set of a version first, which every archive has, owns that number. */
    private String claim(Draft draft) {
        byte[] golden = draft.parts().get(ModelArchive.GOLDEN);
        if (golden == null) {
            throw new IllegalArgumentException("a draft needs a " + ModelArchive.GOLDEN);
        }
        for (int number = latest(draft.model()) + 1; ; number++) {
            String version = String.valueOf(number);
            String key = ObjectKeys.archivePart(draft.model(), version, ModelArchive.GOLDEN);
            if (store.putIfAbsent(key, golden, contentType(ModelArchive.GOLDEN))) {
                return version;
            }
        }
    }

    private int latest(String model) {
        String prefix = ObjectKeys.modelPrefix(model);
        return store.list(prefix)
                .map(object -> object.key().substring(prefix.length()))
                .filter(rest -> rest.matches("\\d{1,9}/.*"))
                .mapToInt(rest -> Integer.parseInt(rest.substring(0, rest.indexOf('/'))))
                .max()
                .orElse(0);
    }

    private static ModelManifest manifest(Draft draft, String version) {
        return new ModelManifest(
                draft.model(),
                version,
                draft.parent(),
                draft.labels(),
                draft.input(),
                draft.logits(),
                draft.engine(),
                draft.engineReason(),
                draft.recipe(),
                draft.width(),
                draft.datasetDigest(),
                draft.metrics(),
                draft.origin(),
                ModelArchive.describe(draft.parts()),
                draft.jobId(),
                draft.createdAt());
    }

    private static String contentType(String name) {
        if (name.endsWith(".json")) {
            return "application/json";
        }
        if (name.endsWith(".html")) {
            return "text/html;charset=utf-8";
        }
        return name.endsWith(".zip") ? "application/zip" : "application/octet-stream";
    }
}
