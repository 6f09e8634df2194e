/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.fit;

import io.sandpiper.classifier.engine.dl4j.OneDnn;
import io.sandpiper.training.fit.layer.LeanGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One network, trained by several threads: each has a replica that shares the weights and has gradients of its own. A
 * step gives every replica a shard, takes the mean of their gradients, and moves the weights once. Batch normalization
 * measures each shard by itself. The same shards give the same weights, however the threads are scheduled.
 */
final class Replicas implements AutoCloseable {

    private final List<LeanGraph> graphs = new ArrayList<>();
    /** A replica's own: ND4J has random numbers, and memory, by thread. */
    private final List<ExecutorService> threads = new ArrayList<>();

    private final long seed;
    private final double clipNorm;
    private int steps;

    /**
     * Draws the weights from the configuration's seed; the other seed is for what the layers draw while they learn.
     *
     * @param weighted whether pictures count differently, as their labels say
     * @param clipNorm largest norm of a step's gradient; 0: any
     */
    Replicas(ComputationGraphConfiguration configuration, int count, long seed, boolean weighted, double clipNorm) {
        this.seed = seed;
        this.clipNorm = clipNorm;
        OneDnn.enable();
        for (int i = 0; i < count; i++) {
            LeanGraph graph = new LeanGraph(configuration.clone(), weighted);
            graph.init(i == 0 ? null : primary().params(), false);
            graphs.add(graph);
            threads.add(Executors.newSingleThreadExecutor(task -> new Thread(task, "fitter")));
        }
    }

    /** From its number on, an epoch draws the same whether or not the ones before it were fitted by this process. */
    void beginEpoch(int epoch) {
        run(i -> Nd4j.getRandom().setSeed(seed * 1_000_003L + epoch * 100_019L + i), graphs.size());
    }

    /** Between two steps. */
    FitState state(int epoch, Watch watch) {
        INDArray memory = primary().getUpdater().getStateViewArray();
        return new FitState(
                epoch,
                steps,
                watch.seen(),
                weights(),
                memory == null ? new float[0] : memory.dup().data().asFloat(),
                watch.hasBetterThan(epoch) ? watch.best() : new float[0]);
    }

    /** A copy, in the network's order. */
    float[] weights() {
        return primary().params().dup().data().asFloat();
    }

    /** @throws IllegalArgumentException when they are another network's */
    void setWeights(float[] weights) {
        assign(primary().params(), weights);
    }

    /** @throws IllegalArgumentException when it is another network's */
    void goOnFrom(FitState state) {
        setWeights(state.weights());
        steps = state.steps();
    }

    /**
     * What the optimizer remembered in the middle of what it is doing now.
     *
     * @throws IllegalArgumentException when it is another network's
     */
    void setOptimizer(FitState state) {
        INDArray memory = primary().getUpdater().getStateViewArray();
        if (memory != null) {
            assign(memory, state.optimizer());
        }
    }

    private static void assign(INDArray array, float[] values) {
        if (array.length() != values.length) {
            throw new IllegalArgumentException(
                    "a state of %d numbers is not one of %d".formatted(values.length, array.length()));
        }
        array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
    }

    /** The network itself; between two steps it may be asked. */
    ComputationGraph primary() {
        return graphs.get(0);
    }

    /** See {@link LeanGraph#freezeAllBut}; what the optimizer remembers is forgotten. */
    void freezeAllBut(int layers) {
        graphs.forEach(graph -> graph.freezeAllBut(layers));
    }

    /** Before the network is kept. */
    void unfreeze() {
        freezeAllBut(Integer.MAX_VALUE);
    }

    void setLearningRate(double rate) {
        primary().setLearningRate(rate);
    }

    /**
     * Takes one step.
     *
     * @param shards one a replica, or fewer; all of one size
     * @return the mean loss over the shards, with the weights' penalty
     */
    double step(List<Shard> shards) {
        run(i -> shards.get(i).computeGradient(graphs.get(i)), shards.size());
        INDArray gradient = primary().getFlattenedGradients();
        double loss = primary().score();
        for (int i = 1; i < shards.size(); i++) {
            gradient.addi(graphs.get(i).getFlattenedGradients());
            loss += graphs.get(i).score();
        }
        if (shards.size() > 1) {
            gradient.divi(shards.size());
        }
        if (clipNorm > 0) {
            GradientClip.clip(primary().gradient(), shards.get(0).pictures(), clipNorm);
        }
        primary()
                .getUpdater()
                .update(primary().gradient(), steps++, 0, shards.get(0).pictures(), LayerWorkspaceMgr.noWorkspaces());
        INDArray params = primary().params();
        params.subi(gradient.reshape(params.shape()));
        return loss / shards.size();
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdownNow);
        // The weights are the primary's, and whoever has the primary closes it.
        graphs.subList(1, graphs.size()).forEach(ComputationGraph::clear);
    }

    @FunctionalInterface
    private interface Task {
        void run(int replica);
    }

    private void run(Task task, int count) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int replica = i;
            running.add(threads.get(i).submit(() -> task.run(replica)));
        }
        boolean interrupted = false;
        RuntimeException failure = null;
        for (Future<?> future : running) {
            // Every replica comes to its end, whatever happens: none may work on while the weights are looked at.
            while (true) {
                try {
                    future.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = e.getCause() instanceof RuntimeException runtime
                            ? runtime
                            : new IllegalStateException(e.getCause());
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
