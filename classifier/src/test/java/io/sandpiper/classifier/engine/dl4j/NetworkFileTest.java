/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkFileTest {

    @Test
    void network_writtenAndRead_hasTheSameWeights() throws IOException {
        ComputationGraph network = TinyNetworks.random(7);

        ComputationGraph read = NetworkFile.read(NetworkFile.write(network));

        assertThat(read.params()).isEqualTo(network.params());
    }

    @Test
    void sequentialNetwork_isReadAsTheGraphThatItIs() throws IOException {
        MultiLayerNetwork sequential = TinyNetworks.sequential(7);
        INDArray input = Nd4j.rand(5, 1, TinyNetworks.SIDE, TinyNetworks.SIDE);

        ComputationGraph read = NetworkFile.read(zip(Map.of(
                "configuration.json",
                sequential.getLayerWiseConfigurations().toJson().getBytes(StandardCharsets.UTF_8),
                "coefficients.bin",
                Nd4j.toByteArray(sequential.params()))));

        assertThat(read.outputSingle(input)).isEqualTo(sequential.output(input));
    }

    @Test
    void sameNetwork_isTheSameFile() {
        assertThat(NetworkFile.write(TinyNetworks.random(7))).isEqualTo(NetworkFile.write(TinyNetworks.random(7)));
    }

    @Test
    void network_runsOnOneDnn() throws IOException {
        ComputationGraph network = NetworkFile.read(NetworkFile.write(TinyNetworks.random(7)));

        assertThat(((ConvolutionLayer) network.getLayer(0)).getHelper())
                .as("without its helper DL4J is several times slower")
                .isNotNull();
    }

    @Test
    void file_withAnEntryThatJavaWouldDeserialize_isRefused() {
        assertThatThrownBy(() -> NetworkFile.read(zip("preprocessor.bin", "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unexpected entry");
    }

    @Test
    void file_thatNamesAForeignClass_isRefused() {
        String json = "{\"confs\":[{\"layer\":{\"@class\":\"com.example.Evil\"}}]}";
        assertThatThrownBy(() -> NetworkFile.read(zip("configuration.json", json, "coefficients.bin", "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("foreign class");
    }

    @Test
    void bomb_isNotInflated() throws IOException {
        byte[] bomb = zip(Map.of("coefficients.bin", new byte[600 << 20]));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThatThrownBy(() -> NetworkFile.read(bomb)).isInstanceOf(IOException.class);
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> NetworkFile.read(bomb)).hasMessageContaining("is larger than");

        assertThat(bomb.length).isBetween(500_000, 700_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/x", "configuration.json/../x", "normalizer.bin", "updaterState.bin"})
    void file_withAnotherEntry_isRefused(String name) {
        assertThatThrownBy(() -> NetworkFile.read(zip(name, "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unexpected entry");
    }

    @Test
    void file_thatIsIncompleteOrNoZip_isRefused() {
        assertThatThrownBy(() -> NetworkFile.read(zip("configuration.json", "{}")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NetworkFile.read(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            entries.put(namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return zip(entries);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
