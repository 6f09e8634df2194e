/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.schemas.DatasetCheck.Example;
import io.sandpiper.schemas.DatasetCheck.Finding;
import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.dataset.DatasetSnapshot;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.FetchedPictures;
import io.sandpiper.training.dataset.LabelledPicture;
import io.sandpiper.training.dataset.UnusableDatasetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks a data set's pictures through, all of them in memory. Belongs to one thread. */
final class Inspection {

    private final DatasetSnapshot snapshot;
    private final FetchedPictures pictures;
    private final Firewall settings;
    private final Findings findings;

    Inspection(DatasetSnapshot snapshot, FetchedPictures pictures, Firewall settings) {
        this.snapshot = snapshot;
        this.pictures = pictures;
        this.settings = settings;
        this.findings = new Findings(snapshot, settings.quarantine());
    }

    Findings findings() {
        return findings;
    }

    /**
     * @param champion null: there is none
     * @throws UnusableDatasetException when too many cannot be used, or all are the same; what was found is told all the
     *     same
     * @throws InterruptedException when the thread is interrupted
     */
    void run(@Nullable Classifier champion) throws UnusableDatasetException, InterruptedException {
        findCorrupt();
        findTwins();
        findTypos();
        findMislabels(champion);
        ClassBalance.find(findings.left().entries()).ifPresent(findings::add);
    }

    private void findCorrupt() throws UnusableDatasetException {
        List<FetchedPictures.Unusable> unusable = pictures.unusable();
        findings.addCorrupt(unusable.stream()
                .map(u -> new Example(u.entry().sha256(), u.entry().label(), null, null, null, u.reason()))
                .toList());
        int all = snapshot.entries().size();
        if (unusable.size() > settings.maxCorrupt() * all) {
            throw new UnusableDatasetException(String.format(
                    Locale.ROOT,
                    "%d of the %d pictures of %s are missing or cannot be decoded, and "
                            + "sandpiper.training.firewall.max-corrupt is %s. GET /v1/models/%s/datasets/%s/check names them; upload them again.",
                    unusable.size(),
                    all,
                    snapshot.model(),
                    settings.maxCorrupt(),
                    snapshot.model(),
                    snapshot.digest()));
        }
    }

    private void findTwins() throws UnusableDatasetException, InterruptedException {
        List<LabelledPicture> testFirst = Stream.concat(
                        pictures.usable().stream().filter(p -> p.entry().split() == Part.TEST),
                        pictures.usable().stream().filter(p -> p.entry().split() != Part.TEST))
                .toList();
        Twins twins = Twins.find(testFirst, settings);
        addTwins(Kind.DUPLICATE, testFirst, twins::same, "have the same pixels as another one");
        addTwins(Kind.NEAR_DUPLICATE, testFirst, twins::near, "look nearly the same as another one");
        addTwins(Kind.LEAKAGE, testFirst, twins::heldOut, "to learn from are, or look, the same as one held out");
        addTwins(Kind.CONTRADICTION, testFirst, twins::otherwise, "are, or look, the same as one under another label");
        if (testFirst.size() > 1 && twins.distinct() == 1) {
            throw new UnusableDatasetException(
                    ("All %d pictures of %s are the same, as the network sees them: there is "
                                    + "nothing to tell apart. Upload others, or train with a larger input size.")
                            .formatted(testFirst.size(), snapshot.model()));
        }
    }

    private void addTwins(Kind kind, List<LabelledPicture> testFirst, IntUnaryOperator twins, String says) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < testFirst.size(); i++) {
            int twin = twins.applyAsInt(i);
            if (twin != Twins.NONE) {
                Entry entry = testFirst.get(i).entry();
                Entry other = testFirst.get(twin).entry();
                examples.add(new Example(
                        entry.sha256(),
                        entry.label(),
                        other.label().equals(entry.label()) ? null : other.label(),
                        null,
                        other.sha256(),
                        null));
            }
        }
        findings.add(kind, examples, says);
    }

    private void findTypos() {
        List<Example> typos = LabelTypos.find(snapshot.entries().stream()
                .collect(Collectors.groupingBy(Entry::label, TreeMap::new, Collectors.counting())));
        if (!typos.isEmpty()) {
            findings.add(new Finding(
                    Kind.LABEL_TYPO,
                    typos.size(),
                    0,
                    "Labels that are likely others, written differently: %s."
                            .formatted(ClassBalance.named(typos.stream()
                                    .map(t -> "\"%s\" for \"%s\"".formatted(t.label(), t.otherLabel()))
                                    .toList())),
                    typos.stream().limit(Findings.MAX_EXAMPLES).toList()));
        }
    }

    private void findMislabels(@Nullable Classifier champion) throws InterruptedException {
        // In the order of their hashes: the first ones are a fair sample, and always the same.
        List<LabelledPicture> sample =
                pictures.usable().stream().limit(settings.mislabelCheckImages()).toList();
        if (!settings.mislabels() || sample.isEmpty()) {
            return;
        }
        Mislabels mislabels = Mislabels.find(sample, champion);
        String percent = String.format(Locale.ROOT, "%.1f %%", 100 * mislabels.accuracy());
        if (mislabels.canTell()) {
            String looked =
                    sample.size() < pictures.usable().size() ? " (%d were looked at)".formatted(sample.size()) : "";
            findings.add(
                    Kind.MISLABELLED,
                    mislabels.suspects(),
                    "likely have a wrong label%s, by a quick classifier that agrees with %s of the labels"
                            .formatted(looked, percent));
        } else {
            findings.add(new Finding(
                    Kind.MISLABELLED,
                    0,
                    0,
                    "Whether labels are wrong cannot be told: the quick classifier agrees with %s of them only."
                            .formatted(percent),
                    List.of()));
        }
    }
}
