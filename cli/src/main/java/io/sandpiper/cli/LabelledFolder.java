/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a folder a class. When the folder has the two folders {@code train} and {@code test} and nothing else,
 * the classes lie in those and the split is kept.
 */
final class LabelledFolder {

    private LabelledFolder() {}

    /**
     * The pictures of one class.
     *
     * @param split TRAIN or TEST; null leaves it to the server
     */
    record LabelledFiles(String label, @Nullable String split, List<Path> files) {}

    /** @throws CliException when there is no such folder, or no class in it */
    static List<LabelledFiles> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CliException(folder + " is not a folder.");
        }
        List<LabelledFiles> classes = new ArrayList<>();
        List<String> names = folders(folder).stream().map(LabelledFolder::name).toList();
        if (names.equals(List.of("test", "train"))) {
            folders(folder.resolve("train")).forEach(c -> classes.add(labelled(c, "TRAIN")));
            folders(folder.resolve("test")).forEach(c -> classes.add(labelled(c, "TEST")));
        } else {
            folders(folder).forEach(c -> classes.add(labelled(c, null)));
        }
        classes.removeIf(c -> c.files().isEmpty());
        if (classes.isEmpty()) {
            throw new CliException(
                    folder + " has no pictures. It needs a folder for each class, with its pictures in it.");
        }
        return classes;
    }

    /** Parts of the list, none of them larger than one call should be. A single large file is a part of its own. */
    static List<List<Path>> batches(List<Path> files, int maxFiles, long maxBytes) {
        List<List<Path>> batches = new ArrayList<>();
        List<Path> batch = new ArrayList<>();
        long bytes = 0;
        for (Path file : files) {
            long size = size(file);
            if (!batch.isEmpty() && (batch.size() == maxFiles || bytes + size > maxBytes)) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(file);
            bytes += size;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new CliException("Cannot read " + file + ".");
        }
    }

    private static LabelledFiles labelled(Path folder, @Nullable String split) {
        return new LabelledFiles(name(folder), split, list(folder, Files::isRegularFile));
    }

    private static List<Path> folders(Path folder) {
        return list(folder, Files::isDirectory);
    }

    /** Sorted, without hidden files. */
    private static List<Path> list(Path folder, java.util.function.Predicate<Path> kind) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(kind)
                    .filter(e -> !name(e).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CliException("Cannot read " + folder + ".");
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
