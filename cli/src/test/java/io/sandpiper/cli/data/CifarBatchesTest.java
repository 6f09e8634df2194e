/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBatchesTest {

    private static final int PLANE = 32 * 32;
    private static final int RECORD = 1 + 3 * PLANE;

    @TempDir
    private Path folder;

    @Test
    void batches_areSides_andPicturesArePngs() throws IOException {
        write("batches.meta.txt", "frog\nship\n\n".getBytes());
        write("data_batch_1.bin", records(1, 0));
        write("test_batch.bin", records(0));

        assertThat(PictureFormat.of(folder)).isEqualTo(PictureFormat.CIFAR10);
        assertGood(Collected.all(CifarBatches.open(folder)));
    }

    @Test
    void tarGz_isReadAsItComes() throws IOException {
        Path archive = archive(records(1, 0));

        assertThat(PictureFormat.of(archive)).isEqualTo(PictureFormat.CIFAR10);
        assertGood(Collected.all(CifarBatches.open(archive)));
    }

    private static void assertGood(Collected pictures) throws IOException {
        assertThat(pictures.groups)
                .containsExactly(
                        new PictureGroup("ship", Split.TRAIN),
                        new PictureGroup("frog", Split.TRAIN),
                        new PictureGroup("frog", Split.TEST));
        assertThat(pictures.names)
                .containsExactly("data_batch_1.bin-0.png", "data_batch_1.bin-1.png", "test_batch.bin-0.png");
        assertThat(pictures.image(1).getRGB(0, 0)).isEqualTo(0xff_0a_14_1e);
        assertThat(pictures.image(1).getRGB(31, 31)).isEqualTo(0xff_0b_15_1f);
        assertThat(pictures.image(1).getRGB(31, 0)).isEqualTo(0xff_00_00_00);
    }

    @Test
    void truncatedBatch_isRefused() throws IOException {
        write("batches.meta.txt", "frog\nship\n".getBytes());
        write("data_batch_1.bin", Arrays.copyOf(records(1, 0), RECORD + 100));

        assertRefused(folder, "data_batch_1.bin", "has 3173 bytes, expected a multiple of 3073");
    }

    @Test
    void labelWithoutAName_isRefused() throws IOException {
        write("batches.meta.txt", "frog\nship\n".getBytes());
        write("data_batch_1.bin", records(1, 2));

        assertRefused(folder, "data_batch_1.bin: picture 2 has the label 2, expected 0 to 1");
    }

    @Test
    void folderWithoutNamesOrBatches_isRefused() throws IOException {
        write("data_batch_1.bin", records(1));
        assertRefused(folder, "has no batches.meta.txt");
        Files.delete(folder.resolve("data_batch_1.bin"));
        assertRefused(folder, "neither data_batch_1.bin nor test_batch.bin");
    }

    @Test
    void archiveThatIsCut_isRefused() throws IOException {
        byte[] noise = records(1);
        new Random(1).nextBytes(noise);
        noise[0] = 1;
        Path archive = archive(noise);
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        assertRefused(archive, archive.toString(), "cannot be read to its end");
    }

    private static void assertRefused(Path path, String... said) {
        assertThatThrownBy(() -> CifarBatches.open(path))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll(said);
    }

    private Path archive(byte[] batch) throws IOException {
        Path archive = folder.resolve("cifar.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            add(tar, "cifar/data_batch_1.bin", batch);
            add(tar, "cifar/batches.meta.txt", "frog\nship\n".getBytes());
            add(tar, "cifar/readme.html", "not of interest".getBytes());
            add(tar, "cifar/test_batch.bin", records(0));
        }
        return archive;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    /** Black, but for the first pixel and the last. */
    private static byte[] records(int... labels) {
        byte[] file = new byte[labels.length * RECORD];
        for (int i = 0; i < labels.length; i++) {
            int at = i * RECORD;
            file[at] = (byte) labels[i];
            for (int colour = 0; colour < 3; colour++) {
                file[at + 1 + colour * PLANE] = (byte) (10 * (colour + 1));
                file[at + 1 + colour * PLANE + PLANE - 1] = (byte) (10 * (colour + 1) + 1);
            }
        }
        return file;
    }
}
