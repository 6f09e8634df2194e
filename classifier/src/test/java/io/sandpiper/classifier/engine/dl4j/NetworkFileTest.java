/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

class NetworkFileTest {

    @Test
    void network_writtenAndRead_hasTheSameWeights() throws IOException {
        MultiLayerNetwork network = TinyNetworks.random(7);

        MultiLayerNetwork read = NetworkFile.read(NetworkFile.write(network));

        assertThat(read.params()).isEqualTo(network.params());
    }

    @Test
    void sameNetwork_isTheSameFile() {
        assertThat(NetworkFile.write(TinyNetworks.random(7))).isEqualTo(NetworkFile.write(TinyNetworks.random(7)));
    }

    @Test
    void network_runsOnOneDnn() throws IOException {
        MultiLayerNetwork network = NetworkFile.read(NetworkFile.write(TinyNetworks.random(7)));

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
    void file_thatIsIncompleteOrNoZip_isRefused() {
        assertThatThrownBy(() -> NetworkFile.read(zip("configuration.json", "{}")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> NetworkFile.read(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
