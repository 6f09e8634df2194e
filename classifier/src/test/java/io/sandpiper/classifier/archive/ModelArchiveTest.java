/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.NetworkFile;
import io.sandpiper.classifier.engine.dl4j.TinyNetworks;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArchiveTest {

    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final ModelManifest.Input INPUT =
            new ModelManifest.Input(1, TinyNetworks.SIDE, TinyNetworks.SIDE, List.of(0.5), List.of(0.5));

    private final Map<String, byte[]> files = new HashMap<>();

    @BeforeEach
    void writeArchive() {
        ComputationGraph network = TinyNetworks.random(3);
        files.put(ModelArchive.NETWORK, NetworkFile.write(network));
        files.put(ModelArchive.REPORT, "{}".getBytes(StandardCharsets.UTF_8));
        try (Classifier classifier = new Dl4jClassifier(network, INPUT, List.of("a", "b", "c"))) {
            files.put(ModelArchive.GOLDEN, Json.write(GoldenSet.record(classifier)));
        }
        describe(List.of("a", "b", "c"));
    }

    @Test
    void archive_isOpened() throws InvalidArchiveException, IOException {
        try (Classifier classifier = load().open()) {
            float[][] probabilities =
                    classifier.classify(List.of(new Pixels(1, 8, 8, new byte[64]), new Pixels(1, 8, 8, new byte[64])));

            assertThat(probabilities).hasDimensions(2, 3);
            assertThat(probabilities[0][0] + probabilities[0][1] + probabilities[0][2])
                    .isBetween(0.999f, 1.001f);
        }
    }

    @Test
    void archive_withTheNetworkAsOnnx_isOpenedInOnnxRuntime() throws Exception {
        files.put(ModelArchive.ONNX, OnnxExport.write(TinyNetworks.random(3), INPUT, 3));
        describe(LABELS, ModelArchive.ENGINE_ONNX, INPUT);

        try (Classifier classifier = load().open()) {
            assertThat(classifier).isInstanceOf(OnnxClassifier.class);
            assertThat(classifier.classify(List.of(new Pixels(1, 8, 8, new byte[64]))))
                    .hasDimensions(1, 3);
        }
    }

    @Test
    void unknownEngine_isRefused() {
        describe(LABELS, "abacus", INPUT);

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("no engine named abacus");
    }

    @Test
    void engineWithoutItsNetwork_isRefused() {
        describe(LABELS, ModelArchive.ENGINE_ONNX, INPUT);

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("needs model.onnx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "preprocessor.bin", "a/b"})
    void partThatAnArchiveDoesNotHave_isRefused(String name) {
        files.put(name, new byte[1]);
        describe(LABELS);

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("an archive has no others");
    }

    @Test
    void inputOfAnotherShape_isRefused_byEitherEngine() throws Exception {
        files.put(ModelArchive.ONNX, OnnxExport.write(TinyNetworks.random(3), INPUT, 3));
        ModelManifest.Input larger = new ModelManifest.Input(1, 16, 8, INPUT.mean(), INPUT.std());
        for (String engine : List.of(ModelArchive.ENGINE_DL4J, ModelArchive.ENGINE_ONNX)) {
            describe(LABELS, engine, larger);
            ModelArchive archive = load();

            assertThatThrownBy(archive::open).as(engine).isInstanceOf(InvalidArchiveException.class);
        }
    }

    @Test
    void weightsThatAreNotNumbers_areRefused() throws Exception {
        ComputationGraph network = TinyNetworks.random(3);
        network.params().putScalar(5, Double.NaN);
        files.put(ModelArchive.NETWORK, NetworkFile.write(network));
        describe(LABELS);
        ModelArchive archive = load();

        assertThatThrownBy(archive::open)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void bytesThatAreNoOnnx_areRefused() throws Exception {
        files.put(ModelArchive.ONNX, "not a network".getBytes(StandardCharsets.UTF_8));
        describe(LABELS, ModelArchive.ENGINE_ONNX, INPUT);
        ModelArchive archive = load();

        assertThatThrownBy(archive::open)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void picture_ofAnotherShape_isRefused() throws InvalidArchiveException, IOException {
        try (Classifier classifier = load().open()) {
            assertThatThrownBy(() -> classifier.classify(List.of(new Pixels(1, 4, 4, new byte[16]))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void changedWeight_isNoticed() {
        byte[] network = files.get(ModelArchive.NETWORK);
        network[network.length / 2] ^= 1;

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("network.zip");
    }

    @Test
    void otherWeights_evenWellDescribed_failTheGoldenSet() throws InvalidArchiveException, IOException {
        files.put(ModelArchive.NETWORK, NetworkFile.write(TinyNetworks.random(4)));
        describe(List.of("a", "b", "c"));
        ModelArchive archive = load();

        assertThatThrownBy(archive::open)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("golden");
    }

    @Test
    void wrongNumberOfLabels_isRefused() throws InvalidArchiveException, IOException {
        describe(List.of("a", "b"));
        ModelArchive archive = load();

        assertThatThrownBy(archive::open)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("2 labels");
    }

    @Test
    void missingPart_isRefused() {
        files.remove(ModelArchive.GOLDEN);

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("golden.json is missing");
    }

    @Test
    void manifest_otherThanTheOnePublished_isRefused() {
        ModelVersion version = version("0".repeat(64));

        assertThatThrownBy(() -> ModelArchive.load(version, this::file))
                .isInstanceOf(InvalidArchiveException.class)
                .hasMessageContaining("sha256");
    }

    private ModelArchive load() throws InvalidArchiveException, IOException {
        return ModelArchive.load(version(Sha256.of(files.get(ModelArchive.MANIFEST))), this::file);
    }

    private Optional<byte[]> file(String name, long maxBytes) {
        return Optional.ofNullable(files.get(name));
    }

    private void describe(List<String> labels) {
        describe(labels, ModelArchive.ENGINE_DL4J, INPUT);
    }

    private void describe(List<String> labels, String engine, ModelManifest.Input input) {
        Map<String, byte[]> parts = new HashMap<>(files);
        parts.remove(ModelArchive.MANIFEST);
        files.put(
                ModelArchive.MANIFEST,
                Json.write(new ModelManifest(
                        "tiny",
                        "1",
                        null,
                        labels,
                        input,
                        null,
                        engine,
                        null,
                        "test",
                        null,
                        null,
                        Map.of(),
                        "made by a test",
                        ModelArchive.describe(parts),
                        null,
                        Instant.EPOCH)));
    }

    private static ModelVersion version(String manifestSha256) {
        return new ModelVersion(
                "tiny",
                "1",
                null,
                List.of("a", "b", "c"),
                "key",
                manifestSha256,
                Map.of(),
                null,
                null,
                null,
                Instant.EPOCH);
    }
}
