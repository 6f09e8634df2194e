/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * CIFAR-10's binary version, as a folder or as the tar.gz it comes in: records of one byte for the label and 32 × 32 bytes
 * each of red, green and blue (<a href="https://www.cs.toronto.edu/~kriz/cifar.html">format</a>).
 */
final class CifarBatches implements PictureSource {

    private static final Pattern BATCH = Pattern.compile("(data_batch_\\d+|test_batch)\\.bin");
    private static final String NAMES = "batches.meta.txt";
    private static final int NAMES_BYTES = 1 << 16;
    private static final int BUFFER = 1 << 16;

    private static final int SIDE = 32;
    private static final int RECORD = 1 + 3 * SIDE * SIDE;

    private final Path path;
    private final Png png = new Png();
    private final List<PictureGroup> groups = new ArrayList<>();
    /** The place of each batch's first picture. */
    private final Map<String, Integer> firsts = new HashMap<>();

    private CifarBatches(Path path) {
        this.path = path;
    }

    /** Takes a file with its name, without folders. */
    private interface Member {
        void accept(String name, InputStream in) throws IOException;
    }

    /** Takes a record with its place in its file; the next one overwrites it. */
    private interface RecordReader {
        void accept(int place, byte[] bytes);
    }

    static boolean isBatch(String name) {
        return BATCH.matcher(name).matches();
    }

    /** Reads everything once: labels lie among the pixels. */
    static PictureSource open(Path path) {
        CifarBatches batches = new CifarBatches(path);
        batches.index();
        return batches;
    }

    private void index() {
        List<String> names = new ArrayList<>();
        Map<String, byte[]> labels = new LinkedHashMap<>();
        walk((name, in) -> {
            if (name.equals(NAMES)) {
                new String(in.readNBytes(NAMES_BYTES), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(line -> names.add(line.strip()));
            } else if (isBatch(name)) {
                ByteArrayOutputStream ofBatch = new ByteArrayOutputStream();
                records(name, in, (place, bytes) -> ofBatch.write(bytes[0]));
                if (labels.put(name, ofBatch.toByteArray()) != null) {
                    throw new DatasetException("%s has the file %s twice.".formatted(path, name));
                }
            }
        });
        if (labels.isEmpty()) {
            throw new DatasetException(path + " has neither data_batch_1.bin nor test_batch.bin, as CIFAR-10 has.");
        }
        if (names.isEmpty()) {
            throw new DatasetException(path + " has no " + NAMES + " with the names of the classes.");
        }
        labels.forEach((batch, ofBatch) -> add(batch, ofBatch, names));
    }

    private void add(String batch, byte[] labels, List<String> names) {
        firsts.put(batch, groups.size());
        Split split = batch.startsWith("test") ? Split.TEST : Split.TRAIN;
        List<PictureGroup> classes =
                names.stream().map(name -> new PictureGroup(name, split)).toList();
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i] & 0xff;
            if (label >= classes.size()) {
                throw new DatasetException("%s: picture %d has the label %d, expected 0 to %d, as %s has %d names."
                        .formatted(batch, i + 1, label, classes.size() - 1, NAMES, classes.size()));
            }
            groups.add(classes.get(label));
        }
    }

    @Override
    public List<PictureGroup> groups() {
        return groups;
    }

    @Override
    public void read(BitSet chosen, PictureSink sink) {
        walk((batch, in) -> {
            Integer first = firsts.get(batch);
            if (first != null) {
                records(batch, in, (place, bytes) -> {
                    if (chosen.get(first + place)) {
                        sink.picture(
                                groups.get(first + place),
                                "%s-%d.png".formatted(batch, place),
                                png.rgb(bytes, 1, SIDE, SIDE));
                    }
                });
            }
        });
    }

    private void records(String name, InputStream in, RecordReader reader) throws IOException {
        byte[] bytes = new byte[RECORD];
        int place = 0;
        int read;
        while ((read = in.readNBytes(bytes, 0, RECORD)) == RECORD) {
            reader.accept(place++, bytes);
        }
        if (read > 0 || place == 0) {
            throw new DatasetException("%s in %s has %d bytes, expected a multiple of %d."
                    .formatted(name, path, (long) place * RECORD + read, RECORD));
        }
    }

    private void walk(Member member) {
        try {
            if (Files.isDirectory(path)) {
                for (Path file : FolderEntries.files(path)) {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
                        member.accept(FolderEntries.name(file), in);
                    }
                }
                return;
            }
            try (InputStream raw = Files.newInputStream(path);
                    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw, BUFFER))) {
                TarArchiveEntry entry;
                while ((entry = tar.getNextEntry()) != null) {
                    if (entry.isFile()) {
                        String name = entry.getName();
                        member.accept(name.substring(name.lastIndexOf('/') + 1), tar);
                    }
                }
            }
        } catch (IOException e) {
            throw new DatasetException(
                    "%s cannot be read to its end as CIFAR-10's tar.gz: %s.".formatted(path, e.getMessage()));
        }
    }
}
