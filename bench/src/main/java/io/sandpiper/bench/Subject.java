/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.classifier.engine.dl4j.export.OnnxExport;
import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.training.fit.recipe.Recipe;
import io.sandpiper.training.fit.recipe.RecipeNetwork;
import io.sandpiper.training.fit.recipe.Recipes;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What is measured: the CIFAR-10 network with random weights, and drawn pictures of its size. */
final class Subject {

    static final int CLASSES = 10;
    static final int CORES = Runtime.getRuntime().availableProcessors();

    final Recipe recipe;
    final List<String> labels =
            IntStream.range(0, CLASSES).mapToObj(String::valueOf).toList();
    final List<byte[]> jpegs;
    final List<Pixels> pixels = new ArrayList<>();

    Subject() throws Exception {
        recipe = Recipes.shipped().find("cifar10-cnn");
        jpegs = jpegs(512);
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        for (byte[] jpeg : jpegs) {
            pixels.add(decoder.decode(
                    jpeg, 3, recipe.input().height(), recipe.input().width()));
        }
    }

    /** With the helpers as this process has them. */
    ComputationGraph network() {
        OneDnn.enable();
        ComputationGraph network =
                new ComputationGraph(RecipeNetwork.configuration(recipe, recipe.training(), CLASSES));
        network.init();
        return network;
    }

    byte[] onnx() throws Exception {
        return OnnxExport.write(network(), recipe.input(), CLASSES);
    }

    /** The pictures in turn, some at a time. */
    List<Pixels> batch(int number, int size) {
        int from = number * size % (pixels.size() - size + 1);
        return pixels.subList(from, from + size);
    }

    private static List<byte[]> jpegs(int count) throws IOException {
        Random random = new Random(1);
        List<byte[]> jpegs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D g = image.createGraphics();
            g.setPaint(new GradientPaint(0, 0, colour(random), 32, 32, colour(random)));
            g.fillRect(0, 0, 32, 32);
            for (int shape = 0; shape < 6; shape++) {
                g.setColor(colour(random));
                g.fillOval(random.nextInt(28), random.nextInt(28), 2 + random.nextInt(14), 2 + random.nextInt(14));
            }
            g.dispose();
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(image, "jpeg", jpeg);
            jpegs.add(jpeg.toByteArray());
        }
        return jpegs;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(1 << 24));
    }
}
