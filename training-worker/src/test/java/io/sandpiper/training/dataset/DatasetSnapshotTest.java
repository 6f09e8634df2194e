/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetSnapshotTest {

    @Test
    void digest_dependsOnContentNotOnOrder() {
        List<TrainingImageAccepted> images = images(100, null);
        List<TrainingImageAccepted> shuffled = new ArrayList<>(images);
        Collections.reverse(shuffled);

        assertThat(DatasetSnapshot.of("m", shuffled)).isEqualTo(DatasetSnapshot.of("m", images));
        assertThat(DatasetSnapshot.of("m", images.subList(0, 99)).digest())
                .isNotEqualTo(DatasetSnapshot.of("m", images).digest());
    }

    @Test
    void aboutATenth_isHeldOut_andNeverChangesSides() {
        DatasetSnapshot half = DatasetSnapshot.of("m", images(2_500, null));
        DatasetSnapshot whole = DatasetSnapshot.of("m", images(5_000, null));

        assertThat(whole.entries().stream().filter(e -> e.split() == Part.TEST).count())
                .isBetween(400L, 620L);
        assertThat(whole.entries().stream()
                        .filter(e -> e.split() == Part.VALIDATION)
                        .count())
                .isBetween(350L, 570L);
        assertThat(whole.entries()).containsAll(half.entries());
    }

    @Test
    void splitThatTheSenderWants_isKept() {
        assertThat(DatasetSnapshot.of("m", images(50, Split.TEST)).entries()).allMatch(e -> e.split() == Part.TEST);
        assertThat(DatasetSnapshot.of("m", images(500, Split.TRAIN)).entries())
                .extracting(DatasetSnapshot.Entry::split)
                .contains(Part.TRAIN, Part.VALIDATION)
                .doesNotContain(Part.TEST);
    }

    @Test
    void labels_areInAlphabeticalOrder() {
        assertThat(DatasetSnapshot.of("m", images(10, null)).labels()).containsExactly("cat", "dog");
    }

    @Test
    void snapshotWithoutSome_isAnother_andWithoutNone_theSame() {
        DatasetSnapshot snapshot = DatasetSnapshot.of("m", images(10, null));
        String first = snapshot.entries().get(0).sha256();

        DatasetSnapshot left = snapshot.without(Set.of(first));

        assertThat(snapshot.without(Set.of())).isEqualTo(snapshot);
        assertThat(left.digest()).isNotEqualTo(snapshot.digest());
        assertThat(left)
                .isEqualTo(DatasetSnapshot.of(
                        "m",
                        images(10, null).stream()
                                .filter(i -> !i.sha256().equals(first))
                                .toList()));
    }

    @Test
    void oneClass_orNone_isNothingToLearn() {
        for (int images : List.of(0, 1)) {
            assertThatThrownBy(() -> Dataset.of(DatasetSnapshot.of("m", images(images, null)), List.of()))
                    .isInstanceOf(UnusableDatasetException.class)
                    .hasMessageContaining("at least two classes, m has " + images);
        }
    }

    private static List<TrainingImageAccepted> images(int count, Split split) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String sha = Sha256.of(new byte[] {(byte) i, (byte) (i >> 8)});
                    return new TrainingImageAccepted(
                            "m",
                            sha,
                            i % 2 == 0 ? "dog" : "cat",
                            split,
                            "key/" + sha,
                            "image/png",
                            1,
                            1,
                            2,
                            null,
                            Instant.EPOCH);
                })
                .toList();
    }
}
