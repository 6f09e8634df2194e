/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.LabelGiven;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveLabelsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final LiveLabels labels = new LiveLabels();

    @Test
    void lastThatIsSaidOfAPrediction_counts() {
        labels.with(given("a", "1", "cat", "dog", NOON));
        labels.with(given("b", "1", "cat", "cat", NOON));
        labels.with(given("a", "1", "cat", "cat", NOON));

        assertThat(labels.accuracy("pets", "1", Instant.EPOCH))
                .isEqualTo(new LiveAccuracy(2, 2, Map.of("cat", Map.of("cat", 2L))));
    }

    @Test
    void versions_areCountedApart_andSinceWhenIsAsked() {
        labels.with(given("a", "1", "cat", "dog", NOON));
        labels.with(given("b", "2", "cat", "dog", NOON.minusSeconds(1)));
        labels.with(given("c", "2", "dog", "dog", NOON));

        assertThat(labels.accuracy("pets", "2", NOON).labelled()).isEqualTo(1);
        assertThat(labels.accuracy("pets", "2", Instant.EPOCH).confusion())
                .isEqualTo(Map.of("dog", Map.of("cat", 1L, "dog", 1L)));
        assertThat(labels.accuracy("pets", "2", Instant.EPOCH).accuracy()).isEqualTo(0.5);
        assertThat(labels.accuracy("pets", "3", Instant.EPOCH).labelled()).isZero();
        assertThat(labels.accuracy("birds", "1", Instant.EPOCH).interval().high())
                .isEqualTo(1);
    }

    @Test
    void oldestAreForgotten_whenThereAreMany() {
        for (int i = 0; i <= LiveLabels.KEPT; i++) {
            labels.with(given("p" + i, "1", "cat", i == 0 ? "dog" : "cat", NOON));
        }

        LiveAccuracy accuracy = labels.accuracy("pets", "1", Instant.EPOCH);
        assertThat(accuracy.labelled()).isEqualTo(LiveLabels.KEPT);
        assertThat(accuracy.accuracy()).isEqualTo(1);
    }

    private static LabelGiven given(String id, String version, String predicted, String label, Instant predictedAt) {
        return new LabelGiven(id, "pets", version, predicted, 0.9, label, null, "somebody", predictedAt, NOON);
    }
}
