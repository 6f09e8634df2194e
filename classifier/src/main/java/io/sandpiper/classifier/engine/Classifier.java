/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelManifest;
import java.util.List;

/**
 * A network that is ready to answer. Belongs to one thread at a time: give each thread its own. Holds native memory
 * until it is closed.
 */
public interface Classifier extends AutoCloseable {

    /** The classes, in the order of the probabilities. */
    List<String> labels();

    /** The shape that pictures must have, and the numbers they are normalised with. */
    ModelManifest.Input input();

    /**
     * Classifies a batch.
     *
     * @param batch at least one picture, each exactly of the shape of {@link #input}
     * @return for each picture, in order, one probability a class, in the order of {@link #labels}; they sum to 1
     * @throws IllegalArgumentException when a picture has another shape
     * @throws IllegalStateException when the network cannot compute it
     */
    float[][] classify(List<Pixels> batch);

    /** As {@link #classify}, with the last feature maps. */
    Answers explain(List<Pixels> batch);

    /** Another one of the same network, for another thread. Shares what is safe to share; closed by itself. */
    Classifier copy();

    @Override
    void close();
}
