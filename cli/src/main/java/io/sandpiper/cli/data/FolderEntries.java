/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What lies in a folder: sorted, without hidden files. */
final class FolderEntries {

    private FolderEntries() {}

    static List<Path> folders(Path folder) {
        return list(folder, Files::isDirectory);
    }

    static List<Path> files(Path folder) {
        return list(folder, Files::isRegularFile);
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> list(Path folder, Predicate<Path> kind) {
        if (!Files.isDirectory(folder)) {
            throw new DatasetException(folder + " is not a folder.");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(kind)
                    .filter(e -> !name(e).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DatasetException("Cannot read " + folder + ".");
        }
    }
}
