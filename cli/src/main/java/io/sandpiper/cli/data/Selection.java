/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which pictures of many are taken: always the same ones, and of each group its share. */
public final class Selection {

    private Selection() {}

    /**
     * Groups share the limit by the method of largest remainders (Hamilton's); the pictures of a group lie evenly among all
     * of the group.
     *
     * @param groups of each picture, as {@link PictureSource#groups()} tells
     * @param split the only side that is taken; null takes both
     * @param limit at most so many; null takes all
     * @return places in the list
     */
    public static BitSet choose(List<PictureGroup> groups, @Nullable Split split, @Nullable Integer limit) {
        Map<PictureGroup, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            if (split == null || groups.get(i).split() == split) {
                places.computeIfAbsent(groups.get(i), g -> new ArrayList<>()).add(i);
            }
        }
        BitSet chosen = new BitSet(groups.size());
        int total = places.values().stream().mapToInt(List::size).sum();
        if (limit == null || limit >= total) {
            places.values().forEach(of -> of.forEach(chosen::set));
        } else {
            shares(places.values(), total, limit).forEach(share -> share.takeInto(chosen));
        }
        return chosen;
    }

    private static List<Share> shares(Collection<List<Integer>> groups, long total, int limit) {
        List<Share> shares = groups.stream()
                .map(of -> new Share(of, (int) (limit * (long) of.size() / total), limit * (long) of.size() % total))
                .sorted(Comparator.comparingLong(Share::remainder).reversed())
                .toList();
        int left = limit - shares.stream().mapToInt(Share::count).sum();
        List<Share> filled = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            filled.add(i < left ? shares.get(i).oneMore() : shares.get(i));
        }
        return filled;
    }

    private record Share(List<Integer> places, int count, long remainder) {

        Share oneMore() {
            return new Share(places, count + 1, 0);
        }

        void takeInto(BitSet chosen) {
            for (long i = 0; i < count; i++) {
                chosen.set(places.get((int) ((2 * i + 1) * places.size() / (2L * count))));
            }
        }
    }
}
