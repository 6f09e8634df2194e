/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset.firewall;

import io.sandpiper.schemas.DatasetCheck;
import io.sandpiper.schemas.DatasetCheck.Example;
import io.sandpiper.schemas.DatasetCheck.Finding;
import io.sandpiper.schemas.DatasetCheck.Kind;
import io.sandpiper.training.dataset.DatasetSnapshot;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what is found, and what is taken out because of it. The test stays as it is, but for what cannot be used. */
final class Findings {

    static final int MAX_EXAMPLES = 100;

    private final DatasetSnapshot snapshot;
    private final Map<String, Entry> entries;
    private final Set<Kind> quarantine;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> takenOut = new HashSet<>();

    /** @param quarantine what is not learned from */
    Findings(DatasetSnapshot snapshot, Set<Kind> quarantine) {
        this.snapshot = snapshot;
        this.entries = snapshot.entries().stream().collect(Collectors.toMap(Entry::sha256, Function.identity()));
        this.quarantine = quarantine;
    }

    /** A finding without pictures. */
    void add(Finding finding) {
        findings.add(finding);
    }

    /** Pictures that are no pictures. */
    void addCorrupt(List<Example> pictures) {
        if (!pictures.isEmpty()) {
            add(Kind.CORRUPT, pictures, sha256(pictures), "are missing or cannot be decoded");
        }
    }

    /** @param says what the pictures are, after their number */
    void add(Kind kind, List<Example> pictures, String says) {
        if (!pictures.isEmpty()) {
            add(kind, pictures, quarantine.contains(kind) ? learnedFrom(pictures) : Set.of(), says);
        }
    }

    private void add(Kind kind, List<Example> pictures, Set<String> out, String says) {
        takenOut.addAll(out);
        String sentence = "%d of %d pictures %s%s"
                .formatted(
                        pictures.size(),
                        snapshot.entries().size(),
                        says,
                        out.isEmpty()
                                ? "."
                                : out.size() == pictures.size()
                                        ? "; they are taken out."
                                        : "; %d of them are taken out.".formatted(out.size()));
        findings.add(new Finding(
                kind,
                pictures.size(),
                out.size(),
                sentence,
                pictures.stream().limit(MAX_EXAMPLES).toList()));
    }

    private Set<String> learnedFrom(List<Example> pictures) {
        return sha256(pictures).stream()
                .filter(sha256 ->
                        entries.get(sha256) != null && entries.get(sha256).split() != Part.TEST)
                .collect(Collectors.toSet());
    }

    private static Set<String> sha256(List<Example> pictures) {
        Set<String> all = new HashSet<>();
        for (Example picture : pictures) {
            if (picture.sha256() != null) {
                all.add(picture.sha256());
            }
        }
        return all;
    }

    DatasetSnapshot left() {
        return snapshot.without(takenOut);
    }

    /** @param of the snapshot that it is kept beside */
    DatasetCheck check(DatasetSnapshot of) {
        return new DatasetCheck(
                snapshot.model(),
                of.digest(),
                snapshot.entries().size(),
                takenOut.size(),
                findings.stream().sorted(Comparator.comparing(Finding::kind)).toList());
    }
}
