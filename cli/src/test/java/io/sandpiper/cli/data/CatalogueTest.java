/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    private static final Path SHIPPED = Path.of("..", "data", "datasets.yaml");

    @TempDir
    private Path folder;

    @Test
    void shippedEntries_areComplete() {
        Catalogue catalogue = Catalogue.read(SHIPPED);

        assertThat(catalogue.names()).isEqualTo("mnist, cifar10, cats-and-dogs, brain-mri");
        assertThat(catalogue.datasets()).allSatisfy(dataset -> {
            assertThat(List.of(dataset.title(), dataset.citation(), dataset.licence()))
                    .doesNotContain("");
            assertThat(URI.create(dataset.origin()).getHost()).isNotEmpty();
            assertThat(dataset.labels()).doesNotHaveDuplicates();
        });
        assertThat(catalogue.datasets())
                .filteredOn(d -> !d.name().equals("brain-mri"))
                .allSatisfy(dataset -> {
                    assertThat(dataset.isFree()).isTrue();
                    assertThat(dataset.files()).allSatisfy(file -> {
                        assertThat(file.bytes()).isNotNull();
                        assertThat(file.sha256()).isNotNull();
                        assertThat(String.valueOf(file.url()))
                                .startsWith("https://")
                                .endsWith("/" + file.name());
                    });
                });
        assertThat(catalogue.find("brain-mri")).get().matches(dataset -> !dataset.isFree());
        assertThat(catalogue.find("imagenet")).isEmpty();
    }

    @Test
    void entryThatIsNotComplete_isRefused() throws IOException {
        String yaml = Files.readString(SHIPPED);

        assertRefused(yaml.replaceFirst("    licence: .*\n", ""), "licence and format are needed");
        assertRefused(yaml.replaceFirst("sha256: 4", "sha256: x"), "sha256 is 64 hex digits");
        assertRefused(yaml.replaceFirst("name: train-images", "name: ../train-images"), "a file has a plain name");
        assertRefused(yaml.replaceFirst("url: https", "url: file"), "a url is of http or https");
        assertRefused(yaml.replaceFirst("    note:", "    notice:"), "notice");
    }

    @Test
    void missingFile_isAClearError() {
        assertThatThrownBy(() -> Catalogue.read(folder.resolve("datasets.yaml")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("which describes the data sets that have a name");
    }

    private void assertRefused(String yaml, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("datasets.yaml"), yaml);
        assertThatThrownBy(() -> Catalogue.read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll(file.toString(), said);
    }
}
