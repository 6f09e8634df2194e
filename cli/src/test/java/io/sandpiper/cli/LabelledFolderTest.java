/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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

        var classes = LabelledFolder.read(folder);

        assertThat(classes).extracting(LabelledFolder.LabelledFiles::label).containsExactly("cat", "dog");
        assertThat(classes).extracting(c -> c.files().size()).containsExactly(2, 1);
        assertThat(classes).extracting(LabelledFolder.LabelledFiles::split).containsOnlyNulls();
    }

    @Test
    void trainAndTest_areSides() throws IOException {
        file("train/cat/1.png");
        file("test/cat/2.png");

        assertThat(LabelledFolder.read(folder))
                .extracting(c -> c.label() + " " + c.split())
                .containsExactlyInAnyOrder("cat TRAIN", "cat TEST");
    }

    @Test
    void folderWithoutPictures_isAClearError() {
        assertThatThrownBy(() -> LabelledFolder.read(folder)).hasMessageContaining("a folder for each class");
        assertThatThrownBy(() -> LabelledFolder.read(folder.resolve("nowhere")))
                .hasMessageContaining("is not a folder");
    }

    @Test
    void batches_areBoundedByFilesAndBytes() throws IOException {
        for (int i = 0; i < 7; i++) {
            file("cat/" + i + ".png");
        }
        Files.writeString(folder.resolve("cat/3.png"), "large".repeat(10));
        var files = LabelledFolder.read(folder).get(0).files();

        assertThat(LabelledFolder.batches(files, 2, 20))
                .extracting(b -> b.size())
                .containsExactly(2, 1, 1, 2, 1);
        assertThat(LabelledFolder.batches(files, 500, 1000)).containsExactly(files);
    }

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
