/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.LabelledPicture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures that are the same, or look the same, as another one. Of many that do, each knows one twin only. Pictures are
 * named by their places in a list in which those of the test come first.
 */
final class Twins {

    /** In place of a twin. */
    static final int NONE = -1;

    private final List<LabelledPicture> pictures;
    private final int[] same;
    private final int[] near;
    private final int[] heldOut;
    private final int[] otherwise;
    private int distinct;

    private Twins(List<LabelledPicture> pictures) {
        this.pictures = pictures;
        this.same = none(pictures.size());
        this.near = none(pictures.size());
        this.heldOut = none(pictures.size());
        this.otherwise = none(pictures.size());
    }

    /**
     * @param pictures all of one shape, those of the test first
     * @throws InterruptedException when the thread is interrupted
     */
    static Twins find(List<LabelledPicture> pictures, Firewall settings) throws InterruptedException {
        Twins twins = new Twins(pictures);
        List<List<Integer>> groups = twins.groups();
        twins.distinct = groups.size();
        groups.forEach(twins::addSame);
        if (settings.nearDuplicates()) {
            twins.findNear(groups, settings);
        }
        return twins;
    }

    /** How many different pictures there are, to the last bit. */
    int distinct() {
        return distinct;
    }

    /** The first one with the same pixels, or none. */
    int same(int picture) {
        return same[picture];
    }

    /** An earlier one that looks the same, or none. */
    int near(int picture) {
        return near[picture];
    }

    /** Of one that is learned from: a twin in the test, or none. */
    int heldOut(int picture) {
        return heldOut[picture];
    }

    /** One that is, or looks, the same under another label, or none. */
    int otherwise(int picture) {
        return otherwise[picture];
    }

    private List<List<Integer>> groups() {
        Map<ByteBuffer, List<Integer>> bySamples = new HashMap<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            List<Integer> group = bySamples.computeIfAbsent(
                    ByteBuffer.wrap(pictures.get(i).pixels().samples()), samples -> {
                        List<Integer> begun = new ArrayList<>(1);
                        groups.add(begun);
                        return begun;
                    });
            group.add(i);
        }
        return groups;
    }

    private void addSame(List<Integer> group) {
        int first = group.get(0);
        for (int other : group.subList(1, group.size())) {
            same[other] = first;
            add(first, other);
        }
    }

    private void findNear(List<List<Integer>> groups, Firewall settings) throws InterruptedException {
        List<Pixels> heads =
                groups.stream().map(g -> pictures.get(g.get(0)).pixels()).toList();
        Likeness likeness = new Likeness(heads, settings.nearDuplicateCorrelation());
        long[] hashes = heads.stream().mapToLong(DifferenceHash::of).toArray();
        HashPairs.forEach(hashes, settings.nearDuplicateDistance(), (one, other) -> {
            int first = groups.get(one).get(0);
            int later = groups.get(other).get(0);
            if (isNews(first, later) && likeness.isAlike(one, other)) {
                near[later] = near[later] == NONE ? first : near[later];
                groups.get(other).forEach(member -> add(first, member));
            }
        });
    }

    /** Where thousands look alike, most pairs tell nothing that is not known yet. */
    private boolean isNews(int first, int later) {
        return near[later] == NONE
                || (leaks(first, later) && heldOut[later] == NONE)
                || (contradict(first, later) && (otherwise[first] == NONE || otherwise[later] == NONE));
    }

    private void add(int first, int later) {
        if (leaks(first, later) && heldOut[later] == NONE) {
            heldOut[later] = first;
        }
        if (contradict(first, later)) {
            otherwise[first] = otherwise[first] == NONE ? later : otherwise[first];
            otherwise[later] = otherwise[later] == NONE ? first : otherwise[later];
        }
    }

    private boolean leaks(int first, int later) {
        return pictures.get(first).entry().split() == Part.TEST
                && pictures.get(later).entry().split() != Part.TEST;
    }

    private boolean contradict(int first, int later) {
        return !pictures.get(first)
                .entry()
                .label()
                .equals(pictures.get(later).entry().label());
    }

    private static int[] none(int size) {
        int[] twins = new int[size];
        Arrays.fill(twins, NONE);
        return twins;
    }
}
