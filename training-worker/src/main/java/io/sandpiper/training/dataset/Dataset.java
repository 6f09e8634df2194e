/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import java.util.List;

/**
 * What a job trains and is judged on, decoded and in memory.
 *
 * @param digest of the snapshot: the same pictures, labels and split give the same digest
 * @param labels the classes, in alphabetical order
 * @param validation to see how fitting gets on; empty when there are few pictures
 * @param test held out: never looked at before the end
 */
public record Dataset(
        String digest, List<String> labels, List<Sample> train, List<Sample> validation, List<Sample> test) {

    public Dataset {
        labels = List.copyOf(labels);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
