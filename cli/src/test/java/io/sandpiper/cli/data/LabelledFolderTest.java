/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFolderTest {

    @TempDir
    private Path folder;

    @Test
    void folders_areClasses() throws IOException {
        file("cat/1.png");
        file("cat/2.png");
        file("cat/.DS_Store");
        file("dog/1.png");
        file("readme.txt");
        Files.createDirectory(folder.resolve("empty"));

        Collected pictures = Collected.all(open());

        assertThat(pictures.groups).extracting(PictureGroup::label).containsExactly("cat", "cat", "dog");
        assertThat(pictures.groups).extracting(PictureGroup::split).containsOnlyNulls();
        assertThat(pictures.names).containsExactly("1.png", "2.png", "1.png");
        assertThat(pictures.images.get(1)).asString().isEqualTo("cat/2.png");
    }

    @Test
    void trainAndTest_areSides() throws IOException {
        file("train/cat/1.png");
        file("test/cat/2.png");

        assertThat(open().groups())
                .containsExactlyInAnyOrder(new PictureGroup("cat", Split.TRAIN), new PictureGroup("cat", Split.TEST));
    }

    @Test
    void trainAlone_isASide() throws IOException {
        file("train/cat/1.png");

        assertThat(open().groups()).containsExactly(new PictureGroup("cat", Split.TRAIN));
    }

    @Test
    void trainBesideAnother_isAClass() throws IOException {
        file("train/1.png");
        file("bus/1.png");

        assertThat(open().groups()).containsExactly(new PictureGroup("bus", null), new PictureGroup("train", null));
    }

    @Test
    void folderWithoutPictures_isAClearError() throws IOException {
        assertThatThrownBy(this::open).hasMessageContaining("a folder for each class");
        assertThatThrownBy(() -> LabelledFolder.open(folder.resolve("nowhere")))
                .hasMessageContaining("is not a folder");
        file("train/1.png");
        assertThatThrownBy(this::open).hasMessageContaining("a folder for each class");
    }

    @Test
    void fileLargerThanAnyPicture_isSkippedByName() throws IOException {
        file("cat/1.png");
        file("cat/huge.png");
        try (RandomAccessFile huge =
                new RandomAccessFile(folder.resolve("cat/huge.png").toFile(), "rw")) {
            huge.setLength(PictureFile.MAX_BYTES + 1L);
        }

        Collected pictures = Collected.all(open());

        assertThat(pictures.names).containsExactly("1.png");
        assertThat(pictures.skipped).singleElement().asString().contains("huge.png", "more than 52428800 bytes");
    }

    private PictureSource open() {
        return LabelledFolder.open(folder);
    }

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
