/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.Sha256;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A manifest and its parts, checked against each other. Immutable; the parts' bytes are not copied.
 *
 * @param parts by name, without the manifest
 */
public record ModelArchive(ModelManifest manifest, Map<String, byte[]> parts) {

    public static final String MANIFEST = "manifest.json";
    /** The network as DL4J keeps it: what training goes on from. */
    public static final String NETWORK = "network.zip";
    /** The network as ONNX Runtime runs it. */
    public static final String ONNX = "model.onnx";

    public static final String GOLDEN = "golden.json";
    public static final String REPORT = "report.json";
    /** The report for people. */
    public static final String REPORT_PAGE = "report.html";
    /** What it made of the pictures that it was judged on. */
    public static final String PROFILE = "profile.json";

    public static final String ENGINE_DL4J = "dl4j";
    public static final String ENGINE_ONNX = "onnx";
    /** A manifest is a page of JSON. */
    public static final long MAX_MANIFEST_BYTES = 1 << 20;
    /** A part may be as large as a big network. */
    public static final long MAX_PART_BYTES = 1 << 29;

    private static final Set<String> KNOWN_PARTS = Set.of(NETWORK, ONNX, GOLDEN, REPORT, REPORT_PAGE, PROFILE);
    /** What an engine runs. */
    private static final Map<String, String> ENGINE_PARTS = Map.of(ENGINE_DL4J, NETWORK, ENGINE_ONNX, ONNX);

    public ModelArchive {
        parts = Map.copyOf(parts);
    }

    /** Where parts come from: a folder, or an object store. */
    @FunctionalInterface
    public interface Source {
        /** Empty when there is no such file; at most {@code maxBytes} are read. */
        Optional<byte[]> read(String name, long maxBytes) throws IOException;
    }

    /** The manifest's entries for these parts. */
    public static Map<String, ModelManifest.Part> describe(Map<String, byte[]> parts) {
        Map<String, ModelManifest.Part> described = new TreeMap<>();
        parts.forEach((name, bytes) -> described.put(name, new ModelManifest.Part(Sha256.of(bytes), bytes.length)));
        return described;
    }

    /**
     * The archive of a version that an event told of.
     *
     * @throws InvalidArchiveException when the manifest is missing or not the one of the event, or as {@link #read}
     */
    public static ModelArchive load(ModelVersion version, Source source) throws InvalidArchiveException, IOException {
        return read(manifestJson(version, source), source);
    }

    /** Only the manifest of a version that an event told of. */
    public static ModelManifest loadManifest(ModelVersion version, Source source)
            throws InvalidArchiveException, IOException {
        return parse(manifestJson(version, source));
    }

    /** Only one part of a version that an event told of; empty where its archive has none of that name. */
    public static Optional<byte[]> loadPart(ModelVersion version, String name, Source source)
            throws InvalidArchiveException, IOException {
        ModelManifest.Part described = loadManifest(version, source).parts().get(name);
        return described == null ? Optional.empty() : Optional.of(checkedPart(name, described, source));
    }

    /** @throws InvalidArchiveException when a part is missing, unknown, or not the one the manifest names */
    public static ModelArchive read(byte[] manifestJson, Source source) throws InvalidArchiveException, IOException {
        ModelManifest manifest = parse(manifestJson);
        requireParts(manifest);
        Map<String, byte[]> parts = new TreeMap<>();
        for (Map.Entry<String, ModelManifest.Part> described : manifest.parts().entrySet()) {
            String name = described.getKey();
            parts.put(name, checkedPart(name, described.getValue(), source));
        }
        return new ModelArchive(manifest, parts);
    }

    private static byte[] checkedPart(String name, ModelManifest.Part described, Source source)
            throws InvalidArchiveException, IOException {
        byte[] part =
                source.read(name, MAX_PART_BYTES).orElseThrow(() -> new InvalidArchiveException(name + " is missing"));
        if (!Sha256.of(part).equals(described.sha256())) {
            throw new InvalidArchiveException(name + " is not the file that the manifest describes (sha256)");
        }
        return part;
    }

    private static byte[] manifestJson(ModelVersion version, Source source)
            throws InvalidArchiveException, IOException {
        byte[] manifest = source.read(MANIFEST, MAX_MANIFEST_BYTES)
                .orElseThrow(() -> new InvalidArchiveException(MANIFEST + " is missing"));
        if (!Sha256.of(manifest).equals(version.manifestSha256())) {
            throw new InvalidArchiveException("the manifest is not the one that was published (sha256)");
        }
        return manifest;
    }

    private static ModelManifest parse(byte[] manifestJson) throws InvalidArchiveException {
        try {
            return Json.read(manifestJson, ModelManifest.class);
        } catch (MalformedMessageException e) {
            throw new InvalidArchiveException("the manifest cannot be read: " + e.getMessage(), e);
        }
    }

    private static void requireParts(ModelManifest manifest) throws InvalidArchiveException {
        String enginePart = ENGINE_PARTS.get(manifest.engine());
        if (enginePart == null) {
            throw new InvalidArchiveException(
                    "there is no engine named %s; there are %s".formatted(manifest.engine(), ENGINE_PARTS.keySet()));
        }
        Set<String> named = manifest.parts().keySet();
        if (!KNOWN_PARTS.containsAll(named)) {
            throw new InvalidArchiveException(
                    "the manifest names the parts %s; an archive has no others than %s".formatted(named, KNOWN_PARTS));
        }
        if (!named.contains(enginePart) || !named.contains(GOLDEN)) {
            throw new InvalidArchiveException("the manifest names the parts %s; the engine %s needs %s and %s"
                    .formatted(named, manifest.engine(), enginePart, GOLDEN));
        }
    }

    /** Loads the network into its engine and replays the golden set. The caller closes the classifier. */
    public Classifier open() throws InvalidArchiveException {
        requireParts(manifest);
        Classifier classifier;
        try {
            classifier = manifest.engine().equals(ENGINE_ONNX)
                    ? OnnxClassifier.load(part(ONNX), manifest.input(), manifest.labels(), manifest.hasLogits())
                    : new Dl4jClassifier(NetworkFile.read(part(NETWORK)), manifest.input(), manifest.labels());
        } catch (IOException e) {
            throw new InvalidArchiveException("the network cannot be read: " + e.getMessage(), e);
        }
        try {
            replayGolden(classifier);
            return classifier;
        } catch (InvalidArchiveException | RuntimeException e) {
            classifier.close();
            throw e instanceof InvalidArchiveException invalid
                    ? invalid
                    : new InvalidArchiveException("the network cannot run: " + e.getMessage(), e);
        }
    }

    private void replayGolden(Classifier classifier) throws InvalidArchiveException {
        GoldenSet golden = Json.read(part(GOLDEN), GoldenSet.class);
        if (golden.probabilities().stream()
                .anyMatch(p -> p.length != manifest.labels().size())) {
            throw new InvalidArchiveException("the manifest has %d labels, the golden set another number of classes"
                    .formatted(manifest.labels().size()));
        }
        golden.replay(classifier);
    }

    private byte[] part(String name) throws InvalidArchiveException {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new InvalidArchiveException(name + " is missing");
        }
        return part;
    }
}
