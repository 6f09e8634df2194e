/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that a version can be evaluated on, decoded and in memory.
 *
 * @param digest of the snapshot of these pictures, and of no others
 * @param labels the version's, in its own order
 * @param samples not empty
 * @param warnings which held-out pictures are left out, a sentence each
 */
public record HeldOut(String digest, List<String> labels, List<Sample> samples, List<String> warnings) {

    private static final int MOST_LABELS = 5;

    public HeldOut {
        labels = List.copyOf(labels);
        samples = List.copyOf(samples);
        warnings = List.copyOf(warnings);
    }

    /** Before they are decoded. */
    record Selection(DatasetSnapshot snapshot, List<String> warnings) {}

    /**
     * The held-out pictures whose labels the version knows, without those that it has looked at while it was made: they may
     * have changed sides since.
     *
     * @param learnedFrom the snapshot that it was trained on; null: not known
     * @throws UnusableDatasetException when nothing is left
     */
    static Selection select(DatasetSnapshot now, ModelVersion version, @Nullable DatasetSnapshot learnedFrom)
            throws UnusableDatasetException {
        DatasetSnapshot heldOut = now.keeping(entry -> entry.split() == Part.TEST);
        if (heldOut.entries().isEmpty()) {
            throw new UnusableDatasetException(
                    "%s has no held-out pictures. Upload labelled pictures; about a tenth is held out, or all with split=TEST."
                            .formatted(now.model()));
        }
        Set<String> known = Set.copyOf(version.labels());
        Set<String> seen = seen(learnedFrom);
        List<Entry> strange = heldOut.entries().stream()
                .filter(e -> !known.contains(e.label()))
                .toList();
        long learned = heldOut.entries().stream()
                .filter(e -> known.contains(e.label()) && seen.contains(e.sha256()))
                .count();
        List<String> warnings = new ArrayList<>();
        if (!strange.isEmpty()) {
            warnings.add("%s version %s does not know (%s): left out."
                    .formatted(
                            strange.size() == 1
                                    ? "1 held-out picture has a label that"
                                    : strange.size() + " held-out pictures have labels that",
                            version.version(),
                            names(strange)));
        }
        if (learned > 0) {
            warnings.add("Version %s learned from %d of the pictures that are held out by now: left out."
                    .formatted(version.version(), learned));
        }
        DatasetSnapshot left =
                heldOut.keeping(entry -> known.contains(entry.label()) && !seen.contains(entry.sha256()));
        if (left.entries().isEmpty()) {
            throw new UnusableDatasetException("There is nothing to evaluate version %s of %s on. %s"
                    .formatted(version.version(), version.model(), String.join(" ", warnings)));
        }
        return new Selection(left, warnings);
    }

    /** Validation pictures are looked at, too: they decide when fitting ends, and which weights are kept. */
    private static Set<String> seen(@Nullable DatasetSnapshot learnedFrom) {
        return learnedFrom == null
                ? Set.of()
                : learnedFrom.entries().stream()
                        .filter(entry -> entry.split() != Part.TEST)
                        .map(Entry::sha256)
                        .collect(Collectors.toSet());
    }

    private static String names(List<Entry> entries) {
        List<String> labels =
                entries.stream().map(Entry::label).distinct().sorted().toList();
        String some = labels.stream().limit(MOST_LABELS).collect(Collectors.joining(", "));
        return labels.size() <= MOST_LABELS ? some : some + " and %d more".formatted(labels.size() - MOST_LABELS);
    }
}
