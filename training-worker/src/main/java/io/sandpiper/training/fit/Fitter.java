/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.TrainingRequested.Hyperparameters;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Fits a {@link MnistCnn} to a data set, on the calling thread. The same seed gives the same order of pictures. */
public final class Fitter {

    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    /** The learning rate follows a cosine down to this fraction of its peak. */
    private static final double FINAL_RATE = 0.01;

    private static final int RATE_STEPS = 20;

    private final Dataset dataset;
    private final Hyperparameters hyperparameters;
    private final Progress progress;

    /** Told about once a second, and after each epoch, on the fitting thread. */
    public interface Progress {

        /** @param loss mean since the last report */
        void onStep(int epoch, int step, int steps, double loss, double imagesPerSecond, Duration eta);

        /** @param classifier with the weights as they are now: to be asked, not kept */
        void onEpoch(int epoch, Classifier classifier);
    }

    public Fitter(Dataset dataset, Hyperparameters hyperparameters, Progress progress) {
        this.dataset = dataset;
        this.hyperparameters = hyperparameters;
        this.progress = progress;
    }

    /** @throws CancellationException when the thread is interrupted; at most one step later */
    public FittedNetwork fit() {
        OneDnn.enable();
        MultiLayerNetwork network = new MultiLayerNetwork(MnistCnn.configuration(
                dataset.labels().size(), hyperparameters.learningRate(), hyperparameters.seed()));
        network.init();
        FittedNetwork fitted = new FittedNetwork(network, dataset.labels());
        try {
            fitEpochs(network, fitted);
        } catch (RuntimeException | Error e) {
            fitted.close();
            throw e;
        }
        return fitted;
    }

    private void fitEpochs(MultiLayerNetwork network, FittedNetwork fitted) {
        Random random = new Random(hyperparameters.seed());
        List<Sample> order = new ArrayList<>(dataset.train());
        long started = System.nanoTime();
        for (int epoch = 1; epoch <= hyperparameters.epochs(); epoch++) {
            Collections.shuffle(order, random);
            fitEpoch(network, order, epoch, random, started);
            progress.onEpoch(epoch, fitted.classifier());
        }
    }

    private void fitEpoch(MultiLayerNetwork network, List<Sample> order, int epoch, Random random, long started) {
        int steps = steps();
        long epochStarted = System.nanoTime();
        long reported = epochStarted;
        double loss = 0;
        int losses = 0;
        for (int step = 0; step < steps; step++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            if (step % RATE_STEPS == 0) {
                network.setLearningRate(learningRate(epoch, step));
            }
            int from = step * hyperparameters.batchSize();
            fitBatch(network, order.subList(from, Math.min(order.size(), from + hyperparameters.batchSize())), random);
            loss += network.score();
            losses++;
            long now = System.nanoTime();
            if (now - reported >= REPORT_EVERY.toNanos() || step == steps - 1) {
                double rate = (step + 1.0) * hyperparameters.batchSize() / ((now - epochStarted) / 1e9);
                progress.onStep(epoch, step + 1, steps, loss / losses, rate, eta(epoch, step + 1, now - started));
                reported = now;
                loss = 0;
                losses = 0;
            }
        }
    }

    private void fitBatch(MultiLayerNetwork network, List<Sample> batch, Random random) {
        List<Pixels> pixels = new ArrayList<>(batch.size());
        float[][] labels = new float[batch.size()][dataset.labels().size()];
        for (int i = 0; i < batch.size(); i++) {
            pixels.add(MnistCnn.AUGMENTATION.apply(batch.get(i).pixels(), random));
            labels[i][batch.get(i).label()] = 1;
        }
        long[] shape = {batch.size(), MnistCnn.INPUT.channels(), MnistCnn.INPUT.height(), MnistCnn.INPUT.width()};
        try (INDArray input = Nd4j.createFromArray(Tensors.normalize(pixels, MnistCnn.INPUT))
                        .reshape(shape);
                INDArray output = Nd4j.createFromArray(labels)) {
            network.fit(input, output);
        }
    }

    private int steps() {
        return (dataset.train().size() + hyperparameters.batchSize() - 1) / hyperparameters.batchSize();
    }

    private double done(int epoch, int step) {
        return (epoch - 1 + (double) step / steps()) / hyperparameters.epochs();
    }

    private double learningRate(int epoch, int step) {
        double cosine = (1 + Math.cos(Math.PI * done(epoch, step))) / 2;
        return hyperparameters.learningRate() * (FINAL_RATE + (1 - FINAL_RATE) * cosine);
    }

    private Duration eta(int epoch, int step, long elapsedNanos) {
        double done = done(epoch, step);
        return Duration.ofNanos((long) (elapsedNanos * (1 - done) / done));
    }
}
