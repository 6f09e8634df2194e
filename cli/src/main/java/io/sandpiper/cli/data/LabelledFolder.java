/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a folder a class. When the folder has the folders {@code train} and {@code test}, or one of them, and no
 * other, the classes lie in those and the split is kept.
 */
final class LabelledFolder implements PictureSource {

    private static final Map<String, Split> SIDES = Map.of("train", Split.TRAIN, "test", Split.TEST);

    private final List<PictureGroup> groups = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    private LabelledFolder() {}

    /** @throws DatasetException when there is no such folder, or no picture in a class in it */
    static PictureSource open(Path folder) {
        LabelledFolder pictures = new LabelledFolder();
        List<Path> folders = FolderEntries.folders(folder);
        if (folders.stream().map(FolderEntries::name).allMatch(SIDES::containsKey)) {
            folders.forEach(side -> pictures.add(FolderEntries.folders(side), SIDES.get(FolderEntries.name(side))));
        } else {
            pictures.add(folders, null);
        }
        if (pictures.files.isEmpty()) {
            throw new DatasetException(
                    folder + " has no pictures. It needs a folder for each class, with its pictures in it.");
        }
        return pictures;
    }

    private void add(List<Path> classes, @Nullable Split split) {
        for (Path folder : classes) {
            PictureGroup group = new PictureGroup(FolderEntries.name(folder), split);
            for (Path file : FolderEntries.files(folder)) {
                groups.add(group);
                files.add(file);
            }
        }
    }

    @Override
    public List<PictureGroup> groups() {
        return groups;
    }

    @Override
    public void read(BitSet chosen, PictureSink sink) {
        for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
            Path file = files.get(i);
            try (InputStream in = Files.newInputStream(file)) {
                sink.picture(groups.get(i), FolderEntries.name(file), PictureFile.read(in));
            } catch (IOException e) {
                sink.skipped(file.toString(), "It cannot be read: " + e.getMessage());
            }
        }
    }
}
