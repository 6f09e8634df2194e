/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.dataset;

import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the folders of an archive say of a picture: its label is the folder it lies in, and a folder named train or test
 * around that keeps it on one side.
 */
record LabelledEntry(String label, @Nullable Split split) {

    private static final Map<String, Split> SPLITS = Map.of(
            "train", Split.TRAIN,
            "training", Split.TRAIN,
            "test", Split.TEST,
            "testing", Split.TEST);

    /** @return empty when the picture lies in no folder, or in one that is no label */
    static Optional<LabelledEntry> of(String name) {
        String[] path = name.split("/", -1);
        if (path.length < 2) {
            return Optional.empty();
        }
        String label = Names.normalizeLabel(path[path.length - 2]);
        if (!Names.isLabel(label)) {
            return Optional.empty();
        }
        Split split = null;
        for (int i = 0; i < path.length - 2; i++) {
            Split named = SPLITS.get(path[i].toLowerCase(Locale.ROOT));
            split = named == null ? split : named;
        }
        return Optional.of(new LabelledEntry(label, split));
    }
}
