/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import java.util.List;

/** What became of a snapshot's pictures, both lists in the order of the snapshot. */
public record FetchedPictures(List<LabelledPicture> usable, List<Unusable> unusable) {

    public FetchedPictures {
        usable = List.copyOf(usable);
        unusable = List.copyOf(unusable);
    }

    /** @param reason in words */
    public record Unusable(DatasetSnapshot.Entry entry, String reason) {}
}
