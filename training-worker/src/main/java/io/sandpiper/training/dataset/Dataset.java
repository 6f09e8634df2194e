/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

    /**
     * @param pictures those of the snapshot that can be used; others are not taken
     * @throws UnusableDatasetException when there are fewer than two classes, nothing to train on, or nothing held out
     */
    public static Dataset of(DatasetSnapshot snapshot, List<LabelledPicture> pictures) throws UnusableDatasetException {
        snapshot.requireTwoClasses();
        Set<String> members =
                snapshot.entries().stream().map(DatasetSnapshot.Entry::sha256).collect(Collectors.toSet());
        List<LabelledPicture> taken = pictures.stream()
                .filter(p -> members.contains(p.entry().sha256()))
                .toList();
        List<String> labels = snapshot.labels();
        List<Sample> train = samples(taken, labels, Part.TRAIN);
        List<Sample> test = samples(taken, labels, Part.TEST);
        if (train.isEmpty() || test.isEmpty()) {
            throw new UnusableDatasetException(
                    "%s has %d pictures to train on and %d held out; both need some. Upload more labelled pictures."
                            .formatted(snapshot.model(), train.size(), test.size()));
        }
        return new Dataset(snapshot.digest(), labels, train, samples(taken, labels, Part.VALIDATION), test);
    }

    static List<Sample> samples(List<LabelledPicture> pictures, List<String> labels, Part part) {
        return pictures.stream()
                .filter(p -> p.entry().split() == part)
                .map(p -> new Sample(
                        p.pixels(),
                        Collections.binarySearch(labels, p.entry().label()),
                        new Sample.Origin(
                                p.entry().sha256(), p.entry().width(), p.entry().height())))
                .toList();
    }
}
