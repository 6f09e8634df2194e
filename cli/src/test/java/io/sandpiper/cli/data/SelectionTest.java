/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final PictureGroup MANY = new PictureGroup("many", Split.TRAIN);
    private static final PictureGroup FEW = new PictureGroup("few", Split.TRAIN);
    private static final PictureGroup TESTED = new PictureGroup("many", Split.TEST);

    private final List<PictureGroup> groups = new ArrayList<>();

    SelectionTest() {
        groups.addAll(Collections.nCopies(600, MANY));
        groups.addAll(Collections.nCopies(300, FEW));
        groups.addAll(Collections.nCopies(100, TESTED));
    }

    @Test
    void limit_isSharedAsThePicturesAre() {
        assertThat(taken(Selection.choose(groups, null, 100)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(MANY, 60L, FEW, 30L, TESTED, 10L));
    }

    @Test
    void limit_isMetExactly_whereSharesAreNoWholeNumbers() {
        for (int limit = 1; limit <= groups.size(); limit++) {
            assertThat(Selection.choose(groups, null, limit).cardinality()).isEqualTo(limit);
        }
        assertThat(taken(Selection.choose(groups, null, 7)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(MANY, 4L, FEW, 2L, TESTED, 1L));
    }

    @Test
    void picturesOfAGroup_lieEvenlyAmongAll() {
        BitSet chosen = Selection.choose(groups, null, 10);

        assertThat(chosen.stream().filter(i -> i < 600)).containsExactly(50, 150, 250, 350, 450, 550);
    }

    @Test
    void otherOrder_givesTheSameShares() {
        List<PictureGroup> mixed = new ArrayList<>(groups);
        Collections.reverse(mixed);

        assertThat(taken(mixed, Selection.choose(mixed, null, 100)))
                .isEqualTo(taken(Selection.choose(groups, null, 100)));
    }

    @Test
    void split_takesOneSide() {
        assertThat(taken(Selection.choose(groups, Split.TEST, null))).isEqualTo(Map.of(TESTED, 100L));
        assertThat(taken(Selection.choose(groups, Split.TRAIN, 90))).isEqualTo(Map.of(MANY, 60L, FEW, 30L));
    }

    @Test
    void limitAboveAll_takesAll() {
        assertThat(Selection.choose(groups, null, 5_000).cardinality()).isEqualTo(groups.size());
    }

    private Map<PictureGroup, Long> taken(BitSet chosen) {
        return taken(groups, chosen);
    }

    private static Map<PictureGroup, Long> taken(List<PictureGroup> groups, BitSet chosen) {
        return chosen.stream()
                .mapToObj(groups::get)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
