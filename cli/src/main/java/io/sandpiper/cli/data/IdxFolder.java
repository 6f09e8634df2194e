/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A folder with MNIST's files: pairs of images and labels, train and t10k, packed or not. Labels are 0 to 9. */
final class IdxFolder implements PictureSource {

    private static final Pattern NAME = Pattern.compile("(.+)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?");
    private static final String IMAGES = "images";
    private static final int IMAGE_DIMENSIONS = 3;
    private static final int CLASSES = 10;

    private final Png png = new Png();
    private final List<Pair> pairs = new ArrayList<>();
    private final List<PictureGroup> groups = new ArrayList<>();

    private IdxFolder() {}

    /** @param first place of its first picture among all */
    private record Pair(String prefix, Path images, int first, int count) {}

    static boolean isPartOfOne(String name) {
        return NAME.matcher(name).matches();
    }

    /** Reads everything once, so that nothing is uploaded of files that are cut. */
    static PictureSource open(Path folder) {
        Map<String, Map<String, Path>> files = new TreeMap<>();
        for (Path file : FolderEntries.files(folder)) {
            Matcher name = NAME.matcher(FolderEntries.name(file));
            if (name.matches()) {
                files.computeIfAbsent(name.group(1), prefix -> new HashMap<>()).putIfAbsent(name.group(2), file);
            }
        }
        if (files.isEmpty()) {
            throw new DatasetException(
                    folder + " has no idx files: train-images-idx3-ubyte and train-labels-idx1-ubyte, or t10k-….");
        }
        IdxFolder pictures = new IdxFolder();
        files.forEach((prefix, pair) -> pictures.add(folder, prefix, pair));
        return pictures;
    }

    private void add(Path folder, String prefix, Map<String, Path> pair) {
        Path images = pair.get(IMAGES);
        Path labels = pair.get("labels");
        if (images == null || labels == null) {
            throw new DatasetException("%s has only one of %s-images-idx3-ubyte and %s-labels-idx1-ubyte."
                    .formatted(folder, prefix, prefix));
        }
        int first = groups.size();
        addLabels(labels, split(prefix));
        pairs.add(new Pair(prefix, images, first, groups.size() - first));
        check(images, labels, groups.size() - first);
    }

    private void addLabels(Path file, @Nullable Split split) {
        List<PictureGroup> classes = new ArrayList<>();
        for (int label = 0; label < CLASSES; label++) {
            classes.add(new PictureGroup(String.valueOf(label), split));
        }
        try (IdxFile labels = IdxFile.open(file, 1)) {
            for (int i = 0; i < labels.count(); i++) {
                int label = labels.next()[0] & 0xff;
                if (label >= CLASSES) {
                    throw new DatasetException(
                            "%s: picture %d has the label %d, expected 0 to 9.".formatted(file, i + 1, label));
                }
                groups.add(classes.get(label));
            }
            labels.requireEnd();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void check(Path file, Path labels, int count) {
        try (IdxFile images = IdxFile.open(file, IMAGE_DIMENSIONS)) {
            if (images.count() != count) {
                throw new DatasetException("%s has %d pictures, but %s has %d labels."
                        .formatted(file, images.count(), FolderEntries.name(labels), count));
            }
            for (int i = 0; i < count; i++) {
                images.next();
            }
            images.requireEnd();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public List<PictureGroup> groups() {
        return groups;
    }

    @Override
    public void read(BitSet chosen, PictureSink sink) {
        for (Pair pair : pairs) {
            BitSet ofPair = chosen.get(pair.first(), pair.first() + pair.count());
            if (!ofPair.isEmpty()) {
                read(pair, ofPair, sink);
            }
        }
    }

    private void read(Pair pair, BitSet chosen, PictureSink sink) {
        try (IdxFile images = IdxFile.open(pair.images(), IMAGE_DIMENSIONS)) {
            for (int i = 0; i < chosen.length(); i++) {
                byte[] pixels = images.next();
                if (chosen.get(i)) {
                    sink.picture(
                            groups.get(pair.first() + i),
                            "%s-%d.png".formatted(pair.prefix(), i),
                            png.grey(pixels, images.size(2), images.size(1)));
                }
            }
        } catch (IOException e) {
            throw unreadable(pair.images(), e);
        }
    }

    private static @Nullable Split split(String prefix) {
        if (prefix.endsWith("train")) {
            return Split.TRAIN;
        }
        return prefix.endsWith("t10k") || prefix.endsWith("test") ? Split.TEST : null;
    }

    private static DatasetException unreadable(Path file, IOException e) {
        return new DatasetException("Cannot read " + file + ": " + e.getMessage());
    }
}
