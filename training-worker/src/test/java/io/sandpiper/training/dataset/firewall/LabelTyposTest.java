/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sandpiper.schemas.DatasetCheck.Example;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelTyposTest {

    @Test
    void otherSpellings_areToldWithTheMoreFrequentOne() {
        assertThat(LabelTypos.find(
                        Map.of("cat", 400L, "Cat", 3L, "cta", 2L, "dog", 380L, "polar bear", 40L, "Polar-Bear", 30L)))
                .extracting(Example::label, Example::otherLabel)
                .containsExactly(tuple("Cat", "cat"), tuple("Polar-Bear", "polar bear"), tuple("cta", "cat"));
    }

    @Test
    void labelsThatAreAlikeButFrequent_orShort_orNumbered_areLabels() {
        assertThat(LabelTypos.find(Map.of(
                        "cat", 400L, "car", 300L, "1", 500L, "7", 3L, "part 1", 500L, "part 2", 3L, "ab", 1L, "ac",
                        900L)))
                .isEmpty();
    }

    @Test
    void distance_countsASwapAsOne() {
        assertThat(LabelTypos.distance("cat", "cta")).isEqualTo(1);
        assertThat(LabelTypos.distance("cat", "")).isEqualTo(3);
        assertThat(LabelTypos.distance("kitten", "sitting")).isEqualTo(3);
    }
}
