/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How labelled pictures lie on a disk. */
public enum PictureFormat {
    /** A folder for each class; or train and test, with these in them. */
    FOLDER,
    /** A folder with idx files. */
    MNIST,
    /** A folder, or a tar.gz, with data_batch_N.bin, test_batch.bin and batches.meta.txt. */
    CIFAR10,
    /** A zip with a folder for each class. */
    ZIP;

    /**
     * Looks at names in a folder, and at the first bytes of a file.
     *
     * @throws DatasetException when it is none of these
     */
    public static PictureFormat of(Path path) {
        if (Files.isDirectory(path)) {
            List<String> names =
                    FolderEntries.files(path).stream().map(FolderEntries::name).toList();
            if (names.stream().anyMatch(IdxFolder::isPartOfOne)) {
                return MNIST;
            }
            return names.stream().anyMatch(CifarBatches::isBatch) ? CIFAR10 : FOLDER;
        }
        byte[] head = head(path);
        if (head.length == 2 && head[0] == 'P' && head[1] == 'K') {
            return ZIP;
        }
        if (head.length == 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            return CIFAR10;
        }
        throw new DatasetException(path + " is no folder, no zip and no tar.gz."
                + " Import a folder with a folder for each class, MNIST's or CIFAR-10's files, or a zip.");
    }

    /** @throws DatasetException when there is something else, or nothing, or only a part; says what was expected */
    public PictureSource open(Path path) {
        return switch (this) {
            case FOLDER -> LabelledFolder.open(path);
            case MNIST -> IdxFolder.open(path);
            case CIFAR10 -> CifarBatches.open(path);
            case ZIP -> ZippedPictures.open(path);
        };
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(2);
        } catch (IOException e) {
            throw new DatasetException("Cannot read " + file + ": " + e);
        }
    }
}
