/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.bench;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.sandpiper.classifier.engine.Tensors;
import io.sandpiper.training.fit.recipe.LayerSpec;
import io.sandpiper.training.fit.recipe.Recipe;
import java.util.List;
import java.util.Objects;

/** The recipe's network in PyTorch, through DJL: forward, backward, one step of SGD with momentum. */
final class PyTorch {

    private PyTorch() {}

    static Contender training(Subject subject) {
        int size = subject.recipe.training().batchSize();
        Model model = Model.newInstance("bench", "PyTorch");
        model.setBlock(network(subject.recipe));
        Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(0.01f))
                        .optMomentum(0.9f)
                        .build()));
        Shape shape = new Shape(size, 3, 32, 32);
        trainer.initialize(shape);
        float[] pictures = Tensors.normalize(subject.batch(0, size), subject.recipe.input());
        float[] labels = new float[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % Subject.CLASSES;
        }
        return () -> Loop.imagesPerSecond(() -> {
            try (NDManager step = model.getNDManager().newSubManager();
                    GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray input = step.create(pictures, shape);
                NDList output = trainer.forward(new NDList(input), new NDList(step.create(labels)));
                NDArray loss = trainer.getLoss().evaluate(new NDList(step.create(labels)), output);
                gradients.backward(loss);
                loss.toFloatArray();
                output.close();
                loss.close();
            }
            trainer.step();
            return size;
        });
    }

    private static SequentialBlock network(Recipe recipe) {
        SequentialBlock block = new SequentialBlock();
        List<LayerSpec> layers = recipe.layers();
        for (LayerSpec layer : layers) {
            switch (layer.type()) {
                case CONVOLUTION ->
                    block.add(Conv2d.builder()
                            .setKernelShape(new Shape(3, 3))
                            .optPadding(new Shape(1, 1))
                            .setFilters(Objects.requireNonNull(layer.filters()))
                            .optBias(false)
                            .build());
                case BATCH_NORM -> block.add(BatchNorm.builder().build());
                case RELU -> block.add(Activation.reluBlock());
                case MAX_POOL -> block.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
                case GLOBAL_AVERAGE_POOL -> block.add(Pool.globalAvgPool2dBlock());
                case DROPOUT ->
                    block.add(Dropout.builder()
                            .optRate(Objects.requireNonNull(layer.rate()).floatValue())
                            .build());
                default -> throw new IllegalStateException("not in the benchmark: " + layer.type());
            }
        }
        return block.add(Linear.builder().setUnits(Subject.CLASSES).build());
    }
}
