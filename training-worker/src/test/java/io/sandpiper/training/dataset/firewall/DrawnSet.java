/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.training.TrainingProperties.Firewall;
import io.sandpiper.training.dataset.DatasetSnapshot;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.FetchedPictures;
import io.sandpiper.training.dataset.FetchedPictures.Unusable;
import io.sandpiper.training.dataset.LabelledPicture;
import io.sandpiper.training.dataset.UnusableDatasetException;
import java.awt.image.DataBufferByte;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A data set of drawn digits, with whatever is to be wrong with it. */
final class DrawnSet {

    private final List<LabelledPicture> usable = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();

    /** Each digit is its own label; every fifth picture is held out. */
    DrawnSet add(int count, int... digits) {
        for (int digit : digits) {
            for (int i = 0; i < count; i++) {
                add(String.valueOf(digit), i % 5 == 0 ? Part.TEST : Part.TRAIN, draw(digit, i));
            }
        }
        return this;
    }

    /** @return its sha256 */
    String add(String label, Part part, Pixels pixels) {
        Entry entry = entry(label, part);
        usable.add(new LabelledPicture(entry, pixels));
        return entry.sha256();
    }

    DrawnSet addBroken(int count) {
        for (int i = 0; i < count; i++) {
            unusable.add(new Unusable(entry("1", Part.TRAIN), "The picture ends too early."));
        }
        return this;
    }

    static Pixels draw(int digit, long seed) {
        byte[] samples = ((DataBufferByte) DrawnDigits.draw(digit, seed, DrawnDigits.SIDE, true)
                        .getRaster()
                        .getDataBuffer())
                .getData();
        return new Pixels(1, DrawnDigits.SIDE, DrawnDigits.SIDE, samples);
    }

    /** @param number in the order in which pictures of that label were added */
    String sha256(String label, int number) {
        return usable.stream()
                .map(LabelledPicture::entry)
                .filter(e -> e.label().equals(label))
                .skip(number)
                .findFirst()
                .orElseThrow()
                .sha256();
    }

    DatasetSnapshot snapshot() {
        return new DatasetSnapshot(
                "m",
                "all",
                Stream.concat(
                                usable.stream().map(LabelledPicture::entry),
                                unusable.stream().map(Unusable::entry))
                        .sorted(Comparator.comparing(Entry::sha256))
                        .toList());
    }

    FetchedPictures fetched() {
        return new FetchedPictures(
                usable.stream()
                        .sorted(Comparator.comparing(p -> p.entry().sha256()))
                        .toList(),
                unusable);
    }

    Findings inspect(Firewall settings) throws UnusableDatasetException, InterruptedException {
        Inspection inspection = new Inspection(snapshot(), fetched(), settings);
        inspection.run(null);
        return inspection.findings();
    }

    private Entry entry(String label, Part part) {
        String sha256 = Sha256.of((usable.size() + " " + unusable.size()).getBytes(StandardCharsets.UTF_8));
        return new Entry(sha256, label, part, "key/" + sha256, null, null);
    }
}
