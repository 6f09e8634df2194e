/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The labelled pictures of a model at one moment. Written to the object store under its digest, so that every version
 * can say what it was trained on.
 *
 * @param digest of the entries: hex sha256
 * @param entries in the order of their sha256
 */
public record DatasetSnapshot(String model, String digest, List<Entry> entries) {

    /** Of 256: about a tenth. */
    private static final int TENTH = 26;

    public DatasetSnapshot {
        entries = List.copyOf(entries);
    }

    /** What a picture is for. */
    public enum Part {
        /** Fitted to. */
        TRAIN,
        /** Looked at while fitting, to see how it gets on. */
        VALIDATION,
        /** Never looked at before the end: versions are judged by it. */
        TEST
    }

    /**
     * One picture, with its side of the split.
     *
     * @param width pixels; absent, as the next, in snapshots from before it was noted
     * @param height pixels
     */
    public record Entry(
            String sha256,
            String label,
            Part split,
            String objectKey,
            @Nullable Integer width,
            @Nullable Integer height) {}

    static DatasetSnapshot of(String model, Collection<TrainingImageAccepted> images) {
        List<Entry> entries = images.stream()
                .map(i -> new Entry(
                        i.sha256(), i.label(), split(i.split(), i.sha256()), i.objectKey(), i.width(), i.height()))
                .sorted(Comparator.comparing(Entry::sha256))
                .toList();
        return of(model, entries);
    }

    private static DatasetSnapshot of(String model, List<Entry> entries) {
        StringBuilder lines = new StringBuilder();
        entries.forEach(e -> lines.append(e.sha256())
                .append(' ')
                .append(e.split())
                .append(' ')
                .append(e.label())
                .append('\n'));
        return new DatasetSnapshot(model, Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8)), entries);
    }

    /**
     * What is left, under a digest of its own.
     *
     * @param sha256 of the pictures to leave out
     */
    public DatasetSnapshot without(Set<String> sha256) {
        return sha256.isEmpty() ? this : keeping(entry -> !sha256.contains(entry.sha256()));
    }

    /** Some of it, under a digest of its own. */
    DatasetSnapshot keeping(Predicate<Entry> kept) {
        return of(model, entries.stream().filter(kept).toList());
    }

    void requireTwoClasses() throws UnusableDatasetException {
        int classes = labels().size();
        if (classes < 2) {
            throw new UnusableDatasetException(
                    "Training needs pictures of at least two classes, %s has %d. Upload more labelled pictures."
                            .formatted(model, classes));
        }
    }

    /** The classes, in alphabetical order. */
    public List<String> labels() {
        return entries.stream().map(Entry::label).distinct().sorted().toList();
    }

    /**
     * By content, so that a picture is on the same side in every snapshot. What a sender wants held out, or not, is; of what
     * is not, a tenth is for validation.
     */
    private static Part split(@Nullable Split wanted, String sha256) {
        if (wanted == Split.TEST || (wanted == null && at(sha256, 0) < TENTH)) {
            return Part.TEST;
        }
        return at(sha256, 1) < TENTH ? Part.VALIDATION : Part.TRAIN;
    }

    /** @return that byte of the hash, 0 to 255 */
    private static int at(String sha256, int index) {
        return Integer.parseInt(sha256.substring(2 * index, 2 * index + 2), 16);
    }
}
