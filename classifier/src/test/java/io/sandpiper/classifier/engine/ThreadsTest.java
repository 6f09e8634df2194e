/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.classifier.engine.dl4j.Dl4jClassifier;
import io.sandpiper.classifier.engine.dl4j.TinyNetworks;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.engine.onnx.OnnxClassifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A classifier a thread: eight threads say what one says. */
class ThreadsTest {

    private static final int THREADS = 8;
    /** Of each thread; more of them for a longer look: {@code -Dsandpiper.test.pictures=10000}. */
    private static final int PREDICTIONS = Integer.getInteger("sandpiper.test.pictures", 1_500);

    private static final ModelManifest.Input INPUT =
            new ModelManifest.Input(1, TinyNetworks.SIDE, TinyNetworks.SIDE, List.of(0.5), List.of(0.5));
    private static final List<String> LABELS = List.of("a", "b", "c");

    static Stream<Classifier> engines() throws Exception {
        byte[] onnx = OnnxExport.write(TinyNetworks.random(3), INPUT, LABELS.size());
        return Stream.of(
                new Dl4jClassifier(TinyNetworks.random(3), INPUT, LABELS), OnnxClassifier.load(onnx, INPUT, LABELS));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void eightThreads_giveWhatOneGives(Classifier classifier) throws Exception {
        byte[] samples = new byte[TinyNetworks.SIDE * TinyNetworks.SIDE];
        new Random(1).nextBytes(samples);
        List<Pixels> picture = List.of(new Pixels(1, TinyNetworks.SIDE, TinyNetworks.SIDE, samples));
        float[] expected = classifier.classify(picture)[0];

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> same = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Classifier own = classifier.copy();
            same.add(threads.submit(() -> {
                int equal = 0;
                for (int i = 0; i < PREDICTIONS; i++) {
                    equal += Arrays.equals(own.classify(picture)[0], expected) ? 1 : 0;
                }
                own.close();
                return equal;
            }));
        }

        int total = 0;
        for (Future<Integer> equal : same) {
            total += equal.get();
        }
        threads.shutdown();
        classifier.close();
        assertThat(total).isEqualTo(THREADS * PREDICTIONS);
    }
}
