/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.schemas.DatasetCheck.Example;
import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MislabelsTest {

    private static final Firewall TAKEN_OUT = new Firewall(0.05, true, 4, 0.99, true, 20_000, Set.of(Kind.MISLABELLED));

    @Test
    void wrongLabels_areFound_withTheRightOnes_andFewOthers_andTakenOut() throws Exception {
        Map<String, String> truths = new HashMap<>();
        DrawnSet set = drawn(truths);

        Mislabels mislabels = Mislabels.find(set.fetched().usable(), null);

        List<Example> found = mislabels.suspects().stream()
                .filter(s -> truths.containsKey(s.sha256()))
                .toList();
        assertThat(mislabels.canTell()).isTrue();
        assertThat(found).as("of 60").hasSizeGreaterThanOrEqualTo(48);
        assertThat(found)
                .filteredOn(s -> truths.get(s.sha256()).equals(s.otherLabel()))
                .hasSizeGreaterThan(45);
        assertThat(mislabels.suspects().size() - found.size())
                .as("of 540 that are right")
                .isLessThanOrEqualTo(27);
        assertThat(mislabels.suspects())
                .extracting(Example::probability)
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
        List<Entry> left = set.inspect(TAKEN_OUT).left().entries();
        assertThat(left).hasSizeBetween(500, 570);
        assertThat(left.stream().filter(e -> e.split() == Part.TEST))
                .as("held out")
                .hasSize(120);
    }

    @Test
    void labelsByChance_cannotBeTold_andNothingIsFlagged() throws Exception {
        Random random = new Random(3);
        DrawnSet set = new DrawnSet();
        for (int i = 0; i < 200; i++) {
            set.add(String.valueOf(random.nextInt(4)), i % 5 == 0 ? Part.TEST : Part.TRAIN, DrawnSet.draw(0, i));
        }

        Findings findings = set.inspect(TAKEN_OUT);

        assertThat(findings.left()).isEqualTo(set.snapshot());
        assertThat(findings.check(set.snapshot()).sentences())
                .anyMatch(s -> s.startsWith("Whether labels are wrong cannot be told"));
    }

    /**
     * 600 pictures of ten digits, 60 of them under other labels.
     *
     * @param truths filled in with what those are, by sha256
     */
    private static DrawnSet drawn(Map<String, String> truths) {
        DrawnSet set = new DrawnSet();
        for (int i = 0; i < 600; i++) {
            int digit = i % 10;
            int round = i / 10;
            boolean wrong = round % 10 == digit;
            int label = wrong ? (digit + 1 + round % 9) % 10 : digit;
            String sha256 =
                    set.add(String.valueOf(label), round % 5 == 0 ? Part.TEST : Part.TRAIN, DrawnSet.draw(digit, i));
            if (wrong) {
                truths.put(sha256, String.valueOf(digit));
            }
        }
        return set;
    }
}
