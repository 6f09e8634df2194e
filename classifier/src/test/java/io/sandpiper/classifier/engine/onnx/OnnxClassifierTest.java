/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.dl4j.export.ForeignNetworks;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that others have made, in the forms that others give them. */
class OnnxClassifierTest {

    private static final List<String> LABELS = List.of("red", "green", "blue");
    private static final ModelManifest.Input INPUT =
            new ModelManifest.Input(3, 8, 8, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

    @ParameterizedTest
    @CsvSource({"0,false,true", "0,true,true", "1,false,true", "4,true,false", "0,false,false", "1,true,false"})
    void network_isAskedInItsOwnForm(int batch, boolean channelsLast, boolean softmax) throws Exception {
        byte[] model = ForeignNetworks.colours(batch, channelsLast, softmax);
        List<Pixels> pictures = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            pictures.add(picture(i % 3));
        }

        try (Classifier classifier = OnnxClassifier.load(model, INPUT, LABELS, !softmax)) {
            float[][] answers = classifier.classify(pictures);

            assertThat(answers).hasNumberOfRows(7);
            for (int i = 0; i < 7; i++) {
                assertThat(answers[i][i % 3]).isCloseTo((float) (Math.exp(4) / (Math.exp(4) + 2)), within(1e-5f));
                assertThat(answers[i][0] + answers[i][1] + answers[i][2]).isCloseTo(1, within(1e-5f));
            }
            assertThat(classifier.explain(pictures).probabilities()).isDeepEqualTo(answers);
        }
    }

    @Test
    void shape_isToldWithoutRunning() throws IOException {
        assertThat(OnnxClassifier.inputShape(ForeignNetworks.colours(1, true, true)))
                .isEqualTo(new InputShape(1, true, 3, 8, 8));
        assertThat(OnnxClassifier.inputShape(ForeignNetworks.colours(0, false, true)))
                .isEqualTo(new InputShape(InputShape.OPEN, false, 3, 8, 8));
    }

    @Test
    void otherInput_isRefused() {
        ModelManifest.Input grey = new ModelManifest.Input(1, 28, 28, List.of(0.0), List.of(1.0));

        assertThatThrownBy(() -> OnnxClassifier.load(ForeignNetworks.colours(0, false, true), grey, LABELS))
                .isInstanceOf(IOException.class)
                .hasMessage("the network takes pictures of 3 x 8 x 8, the manifest has 1 x 28 x 28");
    }

    /** ONNX Runtime would read that file, wherever it is. */
    @Test
    void weightsInAnotherFile_areRefused() {
        for (byte[] model : List.of(
                ForeignNetworks.withWeightsIn("/etc/hostname"),
                ForeignNetworks.withWeightsInABranch("../../etc/hostname"))) {
            assertThatThrownBy(() -> OnnxClassifier.load(model, INPUT, LABELS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("its weights lie in another file");
        }
    }

    @Test
    void noNetwork_isRefused() {
        byte[] model = ForeignNetworks.colours(0, false, true);
        Random random = new Random(5);
        List<byte[]> broken = new ArrayList<>(
                List.of("hello".getBytes(StandardCharsets.UTF_8), new byte[0], Arrays.copyOf(model, model.length / 2)));
        byte[] noise = new byte[2000];
        random.nextBytes(noise);
        broken.add(noise);

        for (byte[] bytes : broken) {
            assertThatThrownBy(() -> OnnxClassifier.load(bytes, INPUT, LABELS)).isInstanceOf(IOException.class);
        }
    }

    /** One colour, with a little of it everywhere missing. */
    private static Pixels picture(int channel) {
        byte[] samples = new byte[3 * 64];
        Arrays.fill(samples, channel * 64, (channel + 1) * 64, (byte) 255);
        return new Pixels(3, 8, 8, samples);
    }
}
