/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** @param labels all that the pictures have, in any order */
    static List<Sample> samples(List<LabelledPicture> pictures, List<String> labels, Part part) {
        Map<String, Integer> places = new HashMap<>();
        labels.forEach(label -> places.put(label, places.size()));
        return pictures.stream()
                .filter(p -> p.entry().split() == part)
                .map(p -> new Sample(
                        p.pixels(),
                        place(places, p.entry().label()),
                        new Sample.Origin(
                                p.entry().sha256(), p.entry().width(), p.entry().height())))
                .toList();
    }

    private static int place(Map<String, Integer> places, String label) {
        Integer place = places.get(label);
        if (place == null) {
            throw new IllegalArgumentException("the label %s is none of %s".formatted(label, places.keySet()));
        }
        return place;
    }
}
