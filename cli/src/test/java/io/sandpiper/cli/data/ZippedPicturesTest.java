/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZippedPicturesTest {

    @TempDir
    private Path folder;

    @Test
    void folders_areClasses_andSides() throws IOException {
        Path zip =
                zip("pets/cat/1.jpg", "pets/Train/dog/2.jpg", "test/dog/3.jpg", "__MACOSX/cat/1.jpg", "cat/.DS_Store");

        assertThat(PictureFormat.of(zip)).isEqualTo(PictureFormat.ZIP);
        Collected pictures = Collected.all(ZippedPictures.open(zip));

        assertThat(pictures.groups)
                .containsExactly(
                        new PictureGroup("cat", null),
                        new PictureGroup("dog", Split.TRAIN),
                        new PictureGroup("dog", Split.TEST));
        assertThat(pictures.names).containsExactly("1.jpg", "2.jpg", "3.jpg");
        assertThat(pictures.images.get(1)).asString().isEqualTo("pets/Train/dog/2.jpg");
        assertThat(pictures.skipped).isEmpty();
    }

    @Test
    void hostileNames_areLabelsOrNothing() throws IOException {
        Path zip = zip("../../cat/1.jpg", "/etc/2.jpg", "cat/../3.jpg", "bad\u001b[2Jlabel/4.jpg", "5.jpg");

        Collected pictures = Collected.all(ZippedPictures.open(zip));

        assertThat(pictures.groups).extracting(PictureGroup::label).containsExactly("cat", "etc");
        assertThat(pictures.skipped)
                .hasSize(3)
                .allMatch(s -> s.endsWith("It lies in no folder that could be its label."))
                .anyMatch(s -> s.startsWith("cat/../3.jpg"))
                .anyMatch(s -> s.startsWith("5.jpg"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing is unpacked").containsExactly(zip);
        }
    }

    @Test
    void entryLargerThanAnyPicture_isSkippedByName() throws IOException {
        Path zip = folder.resolve("bomb.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("cat/bomb.jpg"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 51; i++) {
                out.write(zeros);
            }
            add(out, "cat/good.jpg");
        }

        Collected pictures = Collected.all(ZippedPictures.open(zip));

        assertThat(pictures.names).containsExactly("good.jpg");
        assertThat(pictures.skipped).singleElement().asString().contains("cat/bomb.jpg", "more than 52428800 bytes");
    }

    @Test
    void damagedEntry_isSkippedByName() throws IOException {
        Path zip = folder.resolve("pictures.zip");
        byte[] content = "the bytes of a picture".getBytes(StandardCharsets.US_ASCII);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.setLevel(0);
            out.putNextEntry(new ZipEntry("cat/1.jpg"));
            out.write(content);
            add(out, "cat/2.jpg");
        }
        byte[] bytes = Files.readAllBytes(zip);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("the bytes");
        bytes[at] ^= 1;
        Files.write(zip, bytes);

        Collected pictures = Collected.all(ZippedPictures.open(zip));

        assertThat(pictures.names).containsExactly("2.jpg");
        assertThat(pictures.skipped).singleElement().asString().contains("cat/1.jpg", "checksum");
    }

    @Test
    void zipThatIsCutOrEmpty_isRefused() throws IOException {
        Path zip = zip("cat/1.jpg", "dog/1.jpg");
        byte[] whole = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(whole, whole.length - 30));
        assertThatThrownBy(() -> ZippedPictures.open(zip))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll(zip.toString(), "not all of it");

        Path flat = zip("1.jpg");
        assertThatThrownBy(() -> ZippedPictures.open(flat)).hasMessageContaining("a folder for each class");
    }

    @Test
    void fileThatIsNoArchive_isNotGuessedAt() throws IOException {
        Path text = Files.writeString(folder.resolve("pictures.txt"), "no pictures");

        assertThatThrownBy(() -> PictureFormat.of(text)).hasMessageContaining("no folder, no zip and no tar.gz");
    }

    private Path zip(String... names) throws IOException {
        Path zip = folder.resolve("pictures.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : names) {
                add(out, name);
            }
        }
        return zip;
    }

    private static void add(ZipOutputStream out, String name) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
    }
}
