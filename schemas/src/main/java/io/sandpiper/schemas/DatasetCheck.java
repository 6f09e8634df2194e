/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found among labelled pictures before they were learned from. The same pictures and settings give the same
 * findings.
 *
 * @param digest of the snapshot that is left, hex sha256; of all pictures where nothing can be learned from them
 * @param images how many labelled pictures there were
 * @param takenOut how many of them are neither learned from nor tested with
 * @param findings only of what there is, or could not be looked for
 */
public record DatasetCheck(String model, String digest, long images, long takenOut, List<Finding> findings) {

    public DatasetCheck {
        findings = List.copyOf(findings);
    }

    /** What can be wrong. */
    public enum Kind {
        /** Missing in the object store, or does not decode. */
        CORRUPT,
        /** The same pixels twice, as the network sees them. */
        DUPLICATE,
        /** Nearly the same pixels twice: scaled, recompressed, brighter. */
        NEAR_DUPLICATE,
        /** Learned from and tested with, in the same or nearly the same pixels. */
        LEAKAGE,
        /** The same, or nearly the same, under two labels. */
        CONTRADICTION,
        /** A classifier that did not see the label is sure of another one. */
        MISLABELLED,
        /** A label that is likely another one, written differently. */
        LABEL_TYPO,
        /** Classes with few pictures, or none on one side of the split. */
        CLASS_IMBALANCE
    }

    /**
     * One kind of it.
     *
     * @param images pictures, or labels for {@code LABEL_TYPO} and {@code CLASS_IMBALANCE}
     * @param takenOut how many of the pictures are not learned from because of it
     * @param sentence for people, with the numbers
     * @param examples a hundred at most
     */
    public record Finding(Kind kind, long images, long takenOut, String sentence, List<Example> examples) {

        public Finding {
            examples = List.copyOf(examples);
        }
    }

    /**
     * One picture, or one label.
     *
     * @param sha256 of the picture; absent where a label is meant
     * @param label as given
     * @param otherLabel what it likely is, or what its twin is called
     * @param probability of the other label, 0 to 1
     * @param twin sha256 of the picture that it looks like
     * @param reason why it cannot be used
     */
    public record Example(
            @Nullable String sha256,
            String label,
            @Nullable String otherLabel,
            @Nullable Double probability,
            @Nullable String twin,
            @Nullable String reason) {}

    /** A sentence a finding. */
    public List<String> sentences() {
        return findings.stream().map(Finding::sentence).toList();
    }
}
