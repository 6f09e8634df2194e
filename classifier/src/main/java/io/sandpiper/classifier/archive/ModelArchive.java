/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
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
    public static final String NETWORK = "network.zip";
    public static final String GOLDEN = "golden.json";
    public static final String REPORT = "report.json";
    public static final String ENGINE_DL4J = "dl4j";
    /** A manifest is a page of JSON. */
    public static final long MAX_MANIFEST_BYTES = 1 << 20;
    /** A part may be as large as a big network. */
    public static final long MAX_PART_BYTES = 1 << 29;

    private static final Set<String> KNOWN_PARTS = Set.of(NETWORK, GOLDEN, REPORT);

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

    /** @throws InvalidArchiveException when a part is missing, unknown, or not the one the manifest names */
    public static ModelArchive read(byte[] manifestJson, Source source) throws InvalidArchiveException, IOException {
        ModelManifest manifest = parse(manifestJson);
        if (!KNOWN_PARTS.equals(manifest.parts().keySet())) {
            throw new InvalidArchiveException(
                    "the manifest names the parts " + manifest.parts().keySet() + ", expected " + KNOWN_PARTS);
        }
        Map<String, byte[]> parts = new TreeMap<>();
        for (Map.Entry<String, ModelManifest.Part> described : manifest.parts().entrySet()) {
            String name = described.getKey();
            byte[] part = source.read(name, MAX_PART_BYTES)
                    .orElseThrow(() -> new InvalidArchiveException(name + " is missing"));
            if (!Sha256.of(part).equals(described.getValue().sha256())) {
                throw new InvalidArchiveException(name + " is not the file that the manifest describes (sha256)");
            }
            parts.put(name, part);
        }
        return new ModelArchive(manifest, parts);
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

    /** Loads the network and replays the golden set. The caller closes the classifier. */
    public Classifier open() throws InvalidArchiveException {
        if (!manifest.engine().equals(ENGINE_DL4J)) {
            throw new InvalidArchiveException("there is no engine named " + manifest.engine());
        }
        Classifier classifier;
        try {
            classifier = new Dl4jClassifier(NetworkFile.read(part(NETWORK)), manifest.input(), manifest.labels());
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
