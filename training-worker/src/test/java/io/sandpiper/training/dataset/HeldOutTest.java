/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.HeldOut.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldOutTest {

    /** Not in alphabetical order, as those of a network from elsewhere may be. */
    private static final ModelVersion VERSION = new ModelVersion(
            "pets", "3", null, List.of("dog", "cat"), "key", "sha", Map.of(), "digest", null, null, Instant.EPOCH);

    private final List<TrainingImageAccepted> images = new ArrayList<>();

    @Test
    void heldOutPictures_areTaken_andNoOthers() throws Exception {
        add("cat", Split.TEST, 20);
        add("dog", Split.TEST, 10);
        add("cat", Split.TRAIN, 40);

        Selection selection = HeldOut.select(snapshot(), VERSION, null);

        assertThat(selection.snapshot().entries()).hasSize(30).allMatch(e -> e.split() == Part.TEST);
        assertThat(selection.warnings()).isEmpty();
    }

    /** So two versions can be told to have had the same, whatever was sent to learn from in between. */
    @Test
    void digest_isThatOfTheHeldOutPictures() throws Exception {
        add("cat", Split.TEST, 20);
        String before = HeldOut.select(snapshot(), VERSION, null).snapshot().digest();

        add("fish", Split.TRAIN, 5);
        assertThat(HeldOut.select(snapshot(), VERSION, null).snapshot().digest())
                .isEqualTo(before);
        add("dog", Split.TEST, 1);
        assertThat(HeldOut.select(snapshot(), VERSION, null).snapshot().digest())
                .isNotEqualTo(before);
    }

    @Test
    void labelsThatItDoesNotKnow_areLeftOut_andNamed() throws Exception {
        add("cat", Split.TEST, 20);
        add("fish", Split.TEST, 1);

        Selection one = HeldOut.select(snapshot(), VERSION, null);
        assertThat(one.snapshot().labels()).containsExactly("cat");
        assertThat(one.warnings())
                .containsExactly("1 held-out picture has a label that version 3 does not know (fish): left out.");

        List.of("ant", "bee", "cow", "duck", "eel").forEach(label -> add(label, Split.TEST, 2));
        assertThat(HeldOut.select(snapshot(), VERSION, null).warnings())
                .containsExactly(
                        "11 held-out pictures have labels that version 3 does not know (ant, bee, cow, duck, eel and 1 more): left out.");
    }

    @Test
    void picturesThatItLearnedFrom_areLeftOut_andTold() throws Exception {
        add("cat", Split.TRAIN, 4);
        DatasetSnapshot learnedFrom = snapshot();
        images.clear();
        add("cat", Split.TEST, 4);
        add("dog", Split.TEST, 6);

        Selection selection = HeldOut.select(snapshot(), VERSION, learnedFrom);

        assertThat(selection.snapshot().labels()).containsExactly("dog");
        assertThat(selection.warnings())
                .containsExactly("Version 3 learned from 4 of the pictures that are held out by now: left out.");
    }

    @Test
    void nothingLeft_saysWhy() {
        add("cat", Split.TRAIN, 4);
        assertThatThrownBy(() -> HeldOut.select(snapshot(), VERSION, null))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageStartingWith("pets has no held-out pictures. Upload labelled pictures;");

        add("fish", Split.TEST, 2);
        assertThatThrownBy(() -> HeldOut.select(snapshot(), VERSION, null))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessage(
                        "There is nothing to evaluate version 3 of pets on. 2 held-out pictures have labels that version 3 does not know (fish): left out.");
    }

    @Test
    void samples_haveTheirLabelsPlaceInTheVersion() {
        add("cat", Split.TEST, 1);
        DatasetSnapshot snapshot = snapshot();
        LabelledPicture picture = new LabelledPicture(snapshot.entries().get(0), new Pixels(1, 1, 1, new byte[1]));

        assertThat(Dataset.samples(List.of(picture), VERSION.labels(), Part.TEST))
                .singleElement()
                .satisfies(sample -> assertThat(sample.label()).isEqualTo(1));
        assertThatThrownBy(() -> Dataset.samples(List.of(picture), List.of("dog"), Part.TEST))
                .hasMessage("the label cat is none of [dog]");
    }

    /** The same number of the same label is the same pictures. */
    private void add(String label, Split split, int count) {
        for (int i = 0; i < count; i++) {
            String sha = Sha256.of((label + i).getBytes(StandardCharsets.UTF_8));
            images.add(new TrainingImageAccepted(
                    "pets", sha, label, split, "key/" + sha, "image/png", 1, 1, 2, null, Instant.EPOCH));
        }
    }

    private DatasetSnapshot snapshot() {
        return DatasetSnapshot.of("pets", images);
    }
}
