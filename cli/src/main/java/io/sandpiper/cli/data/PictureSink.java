/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

/** Takes what a {@link PictureSource} reads, on the reading thread. */
public interface PictureSink {

    /**
     * @param name for people; not unique
     * @param image a file: PNG, JPEG, or whatever lay there
     */
    void picture(PictureGroup group, String name, byte[] image);

    /**
     * Something lay there that is not passed on.
     *
     * @param name for people
     * @param reason a sentence
     */
    void skipped(String name, String reason);
}
