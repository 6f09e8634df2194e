/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.engine;

import java.util.List;

/**
 * What a classifier says of a batch when asked for its reasons as well.
 *
 * @param probabilities as {@link Classifier#classify} gives them
 * @param features one for each picture; empty when the network has none to show
 */
@SuppressWarnings("ArrayRecordComponent") // a hot value that is never compared
public record Answers(float[][] probabilities, List<FeatureMaps> features) {

    public Answers {
        features = List.copyOf(features);
    }
}
