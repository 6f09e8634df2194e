/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set that is known by name, as {@code data/datasets.yaml} describes it.
 *
 * @param origin address of its page
 * @param licence as far as anybody states one
 * @param pictures how many, in all
 * @param note what is to be known before it is fetched; null where that is nothing
 */
public record NamedDataset(
        String name,
        String title,
        String origin,
        String citation,
        String licence,
        PictureFormat format,
        int pictures,
        List<String> labels,
        List<DatasetFile> files,
        @Nullable String note) {

    public NamedDataset {
        labels = labels == null ? List.of() : List.copyOf(labels);
        files = files == null ? List.of() : List.copyOf(files);
        require(name != null && name.matches("[a-z0-9-]+"), "a name has lower-case letters, digits and hyphens");
        require(
                title != null && origin != null && citation != null && licence != null && format != null,
                "title, origin, citation, licence and format are needed");
        require(pictures > 0, "pictures is a number above 0");
        require(labels.size() > 1, "labels are needed, two at least");
        require(!files.isEmpty(), "files are needed");
    }

    /** Whether anybody can fetch it, without an account. */
    public boolean isFree() {
        return files.stream().allMatch(file -> file.url() != null);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
