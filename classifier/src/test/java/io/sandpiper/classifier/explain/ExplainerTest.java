/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.engine.AverageHead;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.FeatureMaps;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.engine.dl4j.TinyNetworks;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.engine.dl4j.export.OnnxHead;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ExplanationMethod;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.Rectangle;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {

    private static final Path MODELS = Path.of("..", "models");
    private static final int SIDE = DrawnDigits.SIDE;
    private static final int SMALL = 18;

    private static final Pace AT_ONCE = new Pace() {
        @Override
        public void stepBack() {}

        @Override
        public void rest(Duration worked) {}
    };

    /** Zhou et al., section 2: the mean of a class's map, and its bias, are its logit. */
    @Test
    void classActivationMap_isExact() throws Exception {
        ModelManifest.Input input =
                new ModelManifest.Input(1, TinyNetworks.SIDE, TinyNetworks.SIDE, List.of(0.5), List.of(0.5));
        ComputationGraph network = TinyNetworks.averaging(7);
        network.getLayer("output").getParam("b").putScalar(1, 0.5f);
        byte[] onnx = OnnxExport.write(network, input, TinyNetworks.CLASSES);
        AverageHead head = OnnxHead.read(onnx, TinyNetworks.CLASSES).orElseThrow();
        byte[] samples = new byte[TinyNetworks.SIDE * TinyNetworks.SIDE];
        new Random(1).nextBytes(samples);

        try (Classifier classifier = OnnxClassifier.load(onnx, input, List.of("a", "b", "c"))) {
            var answers = classifier.explain(List.of(new Pixels(1, TinyNetworks.SIDE, TinyNetworks.SIDE, samples)));
            FeatureMaps maps = answers.features().get(0);
            float[][] logits = new float[1][TinyNetworks.CLASSES];
            for (int c = 0; c < TinyNetworks.CLASSES; c++) {
                float sum = 0;
                for (float value : ActivationMap.of(maps, head.weights()[c]).values()) {
                    sum += value;
                }
                logits[0][c] = sum / (maps.height() * maps.width()) + head.bias()[c];
            }
            Tensors.softmax(logits);

            for (int c = 0; c < TinyNetworks.CLASSES; c++) {
                assertThat(logits[0][c]).isCloseTo(answers.probabilities()[0][c], within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mnist,true,GRAD_CAM", "mnist,false,OCCLUSION", "cifar10,true,CAM"})
    void method_isTheBestThatTheNetworkAllows(String model, boolean gradients, ExplanationMethod method)
            throws Exception {
        try (Explainer explainer = open(model, gradients)) {
            var input = explainer.input();
            Pixels grey = new Pixels(
                    input.channels(),
                    input.height(),
                    input.width(),
                    new byte[input.channels() * input.height() * input.width()]);

            assertThat(explainer.explain(grey, 0).method()).isEqualTo(method);
        }
    }

    /** Of a network from elsewhere nothing is there but the ONNX file. */
    @Test
    void networkFromElsewhere_isExplainedByOcclusion() throws Exception {
        ModelArchive shipped = archive("mnist");
        Map<String, byte[]> parts = new HashMap<>(shipped.parts());
        parts.remove(ModelArchive.NETWORK);
        try (Explainer explainer = Explainer.open(new ModelArchive(shipped.manifest(), parts), AT_ONCE, true)) {
            assertThat(explainer
                            .explain(new Pixels(1, SIDE, SIDE, new byte[SIDE * SIDE]), 0)
                            .method())
                    .isEqualTo(ExplanationMethod.OCCLUSION);
        }
    }

    /** A small digit in each corner in turn, which takes 41 % of the picture. */
    @ParameterizedTest
    @CsvSource({"3,0", "2,1", "7,2", "5,3"})
    void heat_isOnTheDigit_notInTheEmptyCorners(int digit, int corner) throws Exception {
        Rectangle box = new Rectangle(corner % 2 * (SIDE - SMALL), corner / 2 * (SIDE - SMALL), SMALL, SMALL);
        Pixels picture = inABox(digit, box);

        for (boolean gradients : new boolean[] {true, false}) {
            try (Explainer explainer = open("mnist", gradients)) {
                Explanation explanation = explainer.explain(picture, digit);

                assertThat(share(explanation.heat(), box))
                        .as("%s", explanation.method())
                        .isGreaterThan(0.6);
            }
        }
    }

    /** Of all heat, how much is within the box. */
    private static double share(HeatMap heat, Rectangle box) {
        double within = 0;
        double all = 0;
        for (int y = 0; y < heat.height(); y++) {
            for (int x = 0; x < heat.width(); x++) {
                double value = Math.max(0, heat.values()[y * heat.width() + x]);
                all += value;
                within += box.contains((x + 0.5) * SIDE / heat.width(), (y + 0.5) * SIDE / heat.height()) ? value : 0;
            }
        }
        return within / all;
    }

    private static Pixels inABox(int digit, Rectangle box) {
        Raster drawn = DrawnDigits.draw(digit, 1, SMALL, true).getRaster();
        byte[] samples = new byte[SIDE * SIDE];
        for (int i = 0; i < SMALL * SMALL; i++) {
            samples[(box.y + i / SMALL) * SIDE + box.x + i % SMALL] = (byte) drawn.getSample(i % SMALL, i / SMALL, 0);
        }
        return new Pixels(1, SIDE, SIDE, samples);
    }

    private static Explainer open(String model, boolean gradients) throws Exception {
        return Explainer.open(archive(model), AT_ONCE, gradients);
    }

    private static ModelArchive archive(String model) throws Exception {
        Path folder = MODELS.resolve(model);
        return ModelArchive.read(
                Files.readAllBytes(folder.resolve(ModelArchive.MANIFEST)), (name, max) -> read(folder.resolve(name)));
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        return Optional.of(Files.readAllBytes(file));
    }
}
