/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.DatasetCheck;
import io.sandpiper.schemas.DatasetCheck.Example;
import io.sandpiper.schemas.DatasetCheck.Finding;
import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.UnusableDatasetException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InspectionTest {

    private static final Firewall WITHOUT_MISLABELS = settings(false, Kind.LEAKAGE);

    @Test
    void goodPictures_areAllKept_andNothingIsFound() throws Exception {
        DrawnSet set = new DrawnSet().add(40, 0, 1, 7);

        Findings findings = set.inspect(WITHOUT_MISLABELS);

        assertThat(findings.check(set.snapshot()).findings()).isEmpty();
        assertThat(findings.left()).isEqualTo(set.snapshot());
    }

    @Test
    void oneBrokenPictureOfThousand_isTakenOut_andNamed() throws Exception {
        DrawnSet set = new DrawnSet().add(333, 0, 1, 7).addBroken(1);

        Findings findings = set.inspect(settings(false));

        Finding finding = find(findings, set, Kind.CORRUPT);
        assertThat(finding.sentence())
                .isEqualTo("1 of 1000 pictures are missing or cannot be decoded; they are taken out.");
        assertThat(finding.examples())
                .singleElement()
                .extracting(Example::reason)
                .isEqualTo("The picture ends too early.");
        assertThat(findings.left().entries()).hasSize(999);
        assertThat(findings.left().digest()).isNotEqualTo(set.snapshot().digest());
        assertThat(Dataset.of(findings.left(), set.fetched().usable()).train()).hasSize(798);
    }

    @Test
    void tooManyBrokenPictures_areNothingToLearnFrom_andAreNamedAllTheSame() {
        DrawnSet set = new DrawnSet().add(30, 0, 1, 7).addBroken(10);
        Inspection inspection = new Inspection(set.snapshot(), set.fetched(), WITHOUT_MISLABELS);

        assertThatThrownBy(() -> inspection.run(null))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("10 of the 100 pictures of m")
                .hasMessageContaining("max-corrupt is 0.05")
                .hasMessageContaining("datasets/all/check");
        assertThat(inspection.findings().check(set.snapshot()).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.examples()).hasSize(10));
    }

    @Test
    void pictureThatIsHeldOutAsWell_isNotLearnedFrom() throws Exception {
        DrawnSet set = new DrawnSet().add(40, 0, 1, 7);
        String leaked = set.add("7", Part.TRAIN, DrawnSet.draw(7, 0));

        Findings findings = set.inspect(WITHOUT_MISLABELS);

        Finding finding = find(findings, set, Kind.LEAKAGE);
        assertThat(finding.takenOut()).isEqualTo(1);
        assertThat(finding.examples()).containsExactly(new Example(leaked, "7", null, null, set.sha256("7", 0), null));
        assertThat(findings.left().entries())
                .hasSize(120)
                .extracting(Entry::sha256)
                .doesNotContain(leaked);
        assertThat(findings.check(findings.left()).takenOut()).isEqualTo(1);
        assertThat(set.inspect(settings(false)).left())
                .as("where nothing is to be taken out")
                .isEqualTo(set.snapshot());
    }

    @Test
    void test_staysAsItIs_whateverIsFoundInIt() throws Exception {
        DrawnSet set = new DrawnSet().add(40, 0, 1, 7);
        set.add("7", Part.TEST, DrawnSet.draw(7, 0));
        set.add("1", Part.TEST, DrawnSet.draw(0, 1));

        Findings findings = set.inspect(settings(false, Kind.DUPLICATE, Kind.LEAKAGE, Kind.CONTRADICTION));

        assertThat(findings.left().entries().stream().filter(e -> e.split() == Part.TEST))
                .hasSize(26);
        assertThat(findings.left().entries()).extracting(Entry::sha256).doesNotContain(set.sha256("0", 1));
    }

    @Test
    void sameUnderTwoLabels_isTold() throws Exception {
        DrawnSet set = new DrawnSet().add(40, 0, 1, 7);
        String other = set.add("1", Part.TRAIN, DrawnSet.draw(7, 3));

        assertThat(find(set.inspect(WITHOUT_MISLABELS), set, Kind.CONTRADICTION).examples())
                .containsExactlyInAnyOrder(
                        new Example(other, "1", "7", null, set.sha256("7", 3), null),
                        new Example(set.sha256("7", 3), "7", "1", null, other, null));
    }

    @Test
    void pictureThatWasMadeBrighter_orRecompressed_looksTheSame() throws Exception {
        DrawnSet set = new DrawnSet().add(40, 0, 1, 7);
        String brighter = set.add("0", Part.TRAIN, brighter(DrawnSet.draw(0, 11)));
        byte[] jpeg = DrawnDigits.encode(DrawnDigits.draw(0, 12, DrawnDigits.SIDE, true), "jpg");
        String recompressed = set.add("0", Part.TRAIN, new ImageDecoder(ImageLimits.DEFAULT).decode(jpeg, 1, 28, 28));

        Finding finding = find(set.inspect(WITHOUT_MISLABELS), set, Kind.NEAR_DUPLICATE);

        assertThat(finding.images()).isEqualTo(2);
        assertThat(finding.examples())
                .flatExtracting(Example::sha256, Example::twin)
                .contains(brighter, set.sha256("0", 11), recompressed, set.sha256("0", 12));
        Firewall off = new Firewall(0.05, false, 4, 0.99, false, 1, Set.of());
        assertThat(set.inspect(off).check(set.snapshot()).findings()).isEmpty();
    }

    @Test
    void pictureThatIsAlwaysTheSame_isNothingToLearnFrom() {
        DrawnSet set = new DrawnSet();
        for (int i = 0; i < 30; i++) {
            set.add(i % 2 == 0 ? "0" : "1", i < 10 ? Part.TEST : Part.TRAIN, DrawnSet.draw(0, 1));
        }

        assertThatThrownBy(() -> set.inspect(WITHOUT_MISLABELS))
                .isInstanceOf(UnusableDatasetException.class)
                .hasMessageContaining("All 30 pictures of m are the same");
    }

    @Test
    void fewOfAClass_andNothingHeldOut_areTold() throws Exception {
        DrawnSet set = new DrawnSet().add(150, 0, 1);
        set.add("7", Part.TRAIN, DrawnSet.draw(7, 1));

        assertThat(find(set.inspect(WITHOUT_MISLABELS), set, Kind.CLASS_IMBALANCE)
                        .sentence())
                .isEqualTo("1 of 3 classes with fewer than 20 pictures: 7. 1 of 3 classes with nothing held out: 7. "
                        + "The largest class has 150 pictures, the smallest 1.");
    }

    @Test
    void labelWithATypo_isTold_withTheRightOne() throws Exception {
        DrawnSet set = new DrawnSet();
        for (int i = 0; i < 90; i++) {
            Part part = i % 5 == 0 ? Part.TEST : Part.TRAIN;
            set.add(i == 1 ? "zreo" : "zero", part, DrawnSet.draw(0, i));
            set.add("seven", part, DrawnSet.draw(7, i));
        }

        assertThat(find(set.inspect(WITHOUT_MISLABELS), set, Kind.LABEL_TYPO).sentence())
                .isEqualTo("Labels that are likely others, written differently: \"zreo\" for \"zero\".");
    }

    @Test
    void sameData_givesTheSameFindings() throws Exception {
        DrawnSet set = new DrawnSet().add(30, 0, 1, 7).addBroken(1);
        set.add("0", Part.TRAIN, DrawnSet.draw(7, 5));
        Firewall all = settings(true, Kind.LEAKAGE, Kind.MISLABELLED);

        DatasetCheck once = set.inspect(all).check(set.snapshot());

        assertThat(once.findings()).extracting(Finding::kind).contains(Kind.CORRUPT, Kind.CONTRADICTION);
        assertThat(set.inspect(all).check(set.snapshot())).isEqualTo(once);
    }

    private static Firewall settings(boolean mislabels, Kind... quarantine) {
        return new Firewall(0.05, true, 4, 0.99, mislabels, 20_000, Set.of(quarantine));
    }

    private static Finding find(Findings findings, DrawnSet set, Kind kind) {
        return findings.check(set.snapshot()).findings().stream()
                .filter(f -> f.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Pixels brighter(Pixels pixels) {
        byte[] samples = pixels.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.min(255, (samples[i] & 0xff) * 9 / 10 + 20);
        }
        return new Pixels(pixels.channels(), pixels.height(), pixels.width(), samples);
    }
}
