/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A zip with a folder a class. As in the archives that the API takes, the label of a picture is the folder it lies in, and
 * a folder train or test around that keeps it on one side. Nothing is unpacked to the disk: names are labels, no paths.
 */
final class ZippedPictures implements PictureSource {

    private static final Map<String, Split> SIDES =
            Map.of("train", Split.TRAIN, "training", Split.TRAIN, "test", Split.TEST, "testing", Split.TEST);

    private static final Set<String> NO_LABELS = Set.of(".", "..");

    private final ZipFile zip;
    private final List<PictureGroup> groups = new ArrayList<>();
    private final List<ZipArchiveEntry> entries = new ArrayList<>();
    private final List<String> unlabelled = new ArrayList<>();

    private ZippedPictures(ZipFile zip) {
        this.zip = zip;
    }

    static PictureSource open(Path file) {
        ZipFile zip;
        try {
            zip = ZipFile.builder().setPath(file).get();
        } catch (IOException e) {
            throw new DatasetException("%s is no zip, or not all of it: its table of contents cannot be read (%s)."
                    .formatted(file, e.getMessage()));
        }
        ZippedPictures pictures = new ZippedPictures(zip);
        Collections.list(zip.getEntriesInPhysicalOrder()).forEach(pictures::add);
        if (pictures.entries.isEmpty()) {
            pictures.close();
            throw new DatasetException(
                    file + " has no pictures. It needs a folder for each class, with its pictures in it.");
        }
        return pictures;
    }

    private void add(ZipArchiveEntry entry) {
        String[] path = entry.getName().split("[/\\\\]", -1);
        if (entry.isDirectory() || Arrays.stream(path).anyMatch(ZippedPictures::isHidden)) {
            return;
        }
        String label = path.length < 2 ? "" : Names.normalizeLabel(path[path.length - 2]);
        if (!Names.isLabel(label) || NO_LABELS.contains(label)) {
            unlabelled.add(entry.getName());
            return;
        }
        Split split = null;
        for (int i = 0; i < path.length - 2; i++) {
            Split side = SIDES.get(path[i].toLowerCase(Locale.ROOT));
            split = side == null ? split : side;
        }
        groups.add(new PictureGroup(label, split));
        entries.add(entry);
    }

    /** What systems put beside people's files. */
    private static boolean isHidden(String name) {
        return name.equals("__MACOSX") || (name.startsWith(".") && !NO_LABELS.contains(name));
    }

    @Override
    public List<PictureGroup> groups() {
        return groups;
    }

    @Override
    public void read(BitSet chosen, PictureSink sink) {
        unlabelled.forEach(name -> sink.skipped(name, "It lies in no folder that could be its label."));
        for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
            ZipArchiveEntry entry = entries.get(i);
            try {
                sink.picture(groups.get(i), name(entry), unpack(entry));
            } catch (IOException e) {
                sink.skipped(entry.getName(), "It cannot be unpacked: " + e.getMessage());
            }
        }
    }

    private byte[] unpack(ZipArchiveEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] image = PictureFile.read(in);
            CRC32 sum = new CRC32();
            sum.update(image);
            if (sum.getValue() != entry.getCrc()) {
                throw new IOException("its checksum is not that of its bytes");
            }
            return image;
        }
    }

    private static String name(ZipArchiveEntry entry) {
        String name = entry.getName();
        return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // it was only read
        }
    }
}
