/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.fit.recipe.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An epoch's batches: shuffled, augmented, normalised and cut into shards on a thread of its own, one batch ahead of
 * the fitting. What a batch holds depends on the seed, the epoch and the step alone.
 */
final class Batches implements AutoCloseable {

    private final Recipe recipe;
    private final Recipe.Training training;
    private final List<Sample> samples;
    private final int classes;
    private final float @Nullable [] classWeights;
    private final int shards;
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> new Thread(task, "batch-loader"));

    /** @param classWeights how much a picture of each class counts; null: alike */
    Batches(
            Recipe recipe,
            Recipe.Training training,
            List<Sample> samples,
            int classes,
            float @Nullable [] classWeights,
            int shards) {
        this.recipe = recipe;
        this.training = training;
        this.samples = samples;
        this.classes = classes;
        this.classWeights = classWeights;
        this.shards = shards;
    }

    /** Steps of an epoch. */
    int steps() {
        return (samples.size() + training.batchSize() - 1) / training.batchSize();
    }

    /** What is done with a batch. */
    @FunctionalInterface
    interface Step {
        void take(int step, List<Shard> shards);
    }

    /** Calls back for each batch, on the calling thread. */
    void forEach(int epoch, Step step) {
        List<Sample> order = new ArrayList<>(samples);
        Collections.shuffle(order, random(epoch, -1));
        Future<List<Shard>> next = prepare(order, epoch, 0);
        for (int i = 0; i < steps(); i++) {
            List<Shard> now = await(next);
            if (i + 1 < steps()) {
                next = prepare(order, epoch, i + 1);
            }
            step.take(i, now);
        }
    }

    @Override
    public void close() {
        loader.shutdownNow();
    }

    private Future<List<Shard>> prepare(List<Sample> order, int epoch, int step) {
        int from = step * training.batchSize();
        List<Sample> batch = order.subList(from, Math.min(order.size(), from + training.batchSize()));
        return loader.submit(() -> shards(batch, random(epoch, step)));
    }

    /** Equal shards. The few pictures that are left over come again in the next epoch, in another place. */
    private List<Shard> shards(List<Sample> batch, Random random) {
        int count = batch.size() < shards ? 1 : shards;
        int size = batch.size() / count;
        List<Shard> cut = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cut.add(shard(batch.subList(i * size, (i + 1) * size), random));
        }
        return cut;
    }

    private Shard shard(List<Sample> part, Random random) {
        ModelManifest.Input input = recipe.input();
        List<Pixels> pixels = new ArrayList<>(part.size());
        float[][] labels = new float[part.size()][classes];
        float spread = (float) (training.labelSmoothing() / classes);
        for (int i = 0; i < part.size(); i++) {
            pixels.add(recipe.augmentation().apply(part.get(i).pixels(), random));
            Arrays.fill(labels[i], spread);
            labels[i][part.get(i).label()] += (float) (1 - training.labelSmoothing());
            weigh(labels[i], part.get(i).label());
        }
        long[] shape = {part.size(), input.channels(), input.height(), input.width()};
        return new Shard(Tensors.normalize(pixels, input), shape, labels);
    }

    private void weigh(float[] labels, int truth) {
        if (classWeights != null) {
            for (int c = 0; c < labels.length; c++) {
                labels[c] *= classWeights[truth];
            }
        }
    }

    private Random random(int epoch, int step) {
        return new Random(training.seed() * 1_000_003L + epoch * 100_019L + step);
    }

    private static List<Shard> await(Future<List<Shard>> next) {
        try {
            return next.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch could not be made", e.getCause());
        }
    }
}
