/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.engine.AverageHead;
import io.sandpiper.classifier.engine.dl4j.FeatureGradients.Slopes;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.engine.dl4j.export.OnnxHead;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FeatureGradientsTest {

    private static final ModelManifest.Input INPUT =
            new ModelManifest.Input(1, TinyNetworks.SIDE, TinyNetworks.SIDE, List.of(0.5), List.of(0.5));
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final float STEP = 1e-2f;

    /** What the biases before the feature maps do to the answer, the gradients must tell: by small steps. */
    @Test
    void gradient_isTheSlopeOfTheLogit() {
        Pixels picture = noise();
        ComputationGraph network = TinyNetworks.dense(3);
        try (Dl4jClassifier stepped = new Dl4jClassifier(TinyNetworks.dense(3), INPUT, LABELS);
                FeatureGradients gradients = FeatureGradients.of(network, INPUT).orElseThrow()) {
            Slopes ofA = gradients.of(picture, 0);
            Slopes ofB = gradients.of(picture, 1);

            int places = ofA.features().height() * ofA.features().width();
            for (int k = 0; k < ofA.features().channels(); k++) {
                double slope = (lead(k, STEP, picture) - lead(k, -STEP, picture)) / (2 * STEP);
                assertThat(places * (ofA.meanGradients()[k] - ofB.meanGradients()[k]))
                        .as("channel %d", k)
                        .isCloseTo((float) slope, within(0.02f));
            }
            assertThat(gradients.of(picture, 0))
                    .as("again")
                    .usingRecursiveComparison()
                    .isEqualTo(ofA);
            assertThat(stepped.explain(List.of(picture)).features().get(0))
                    .usingRecursiveComparison()
                    .isEqualTo(ofA.features());
        }
    }

    /** Selvaraju et al., section 3.1: behind a global average it is the class activation map, but for a factor. */
    @Test
    void behindAGlobalAverage_gradientIsTheWeight() throws Exception {
        ComputationGraph network = TinyNetworks.averaging(5);
        AverageHead head = OnnxHead.read(OnnxExport.write(network, INPUT, TinyNetworks.CLASSES), TinyNetworks.CLASSES)
                .orElseThrow();

        try (FeatureGradients gradients = FeatureGradients.of(network, INPUT).orElseThrow()) {
            for (int label = 0; label < TinyNetworks.CLASSES; label++) {
                Slopes slopes = gradients.of(noise(), label);
                int places = slopes.features().height() * slopes.features().width();
                for (int k = 0; k < slopes.features().channels(); k++) {
                    assertThat(places * slopes.meanGradients()[k]).isCloseTo(head.weights()[label][k], within(1e-5f));
                }
            }
        }
    }

    /** How far class a is before class b when a bias of the convolution is changed. */
    private static double lead(int channel, float step, Pixels picture) {
        ComputationGraph network = TinyNetworks.dense(3);
        INDArray bias = network.getLayer("convolution").getParam("b");
        bias.putScalar(channel, bias.getFloat(channel) + step);
        try (Dl4jClassifier classifier = new Dl4jClassifier(network, INPUT, LABELS)) {
            float[] probabilities = classifier.classify(List.of(picture))[0];
            return Math.log(probabilities[0]) - Math.log(probabilities[1]);
        }
    }

    private static Pixels noise() {
        byte[] samples = new byte[TinyNetworks.SIDE * TinyNetworks.SIDE];
        new Random(1).nextBytes(samples);
        return new Pixels(1, TinyNetworks.SIDE, TinyNetworks.SIDE, samples);
    }
}
