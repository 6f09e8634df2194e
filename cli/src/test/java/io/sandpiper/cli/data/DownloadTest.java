/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private final byte[] content = new byte[300_000];
    private final Told told = new Told();

    @TempDir
    private Path cache;

    private FileServer server;

    /** What a listener heard. */
    private static final class Told implements Download.Listener {

        private final List<String> lines = new ArrayList<>();
        private long bytes;
        private long total;

        @Override
        public void received(String file, long received, long all) {
            bytes = received;
            total = all;
        }

        @Override
        public void told(String line) {
            lines.add(line);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        server = new FileServer(content);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void file_isFetchedOnce() throws IOException {
        Path file = fetch(sum());

        assertThat(file).isEqualTo(cache.toAbsolutePath().resolve("pets").resolve("file.bin"));
        assertThat(fetch(sum())).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("all");
        assertThat(told.bytes).isEqualTo(content.length);
        assertThat(told.total).isEqualTo(content.length);
        assertThat(told.lines).isEmpty();
        assertThat(file.getParent()).isDirectoryContaining(f -> f.equals(file)).satisfies(this::hasOneFile);
    }

    @Test
    void brokenConnection_isContinued_andTheWholeIsChecked() throws IOException {
        server.cuts = 2;

        assertThat(fetch(sum())).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("all", "bytes=150000-", "bytes=225000-");
        assertThat(told.lines).hasSize(2).allMatch(line -> line.contains("broke off"));
    }

    @Test
    void nextRun_goesOnWhereTheLastOneStopped() throws IOException {
        server.cuts = 1;
        Path folder = Files.createDirectories(cache.resolve("pets"));
        Files.write(folder.resolve("file.bin.part"), Arrays.copyOf(content, 1000));
        Files.writeString(folder.resolve("file.bin.part.validator"), server.tag);

        assertThat(fetch(null)).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("bytes=1000-", "bytes=150500-");
    }

    @Test
    void fileThatChangedMeanwhile_isFetchedFromTheBeginning() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("pets"));
        Files.write(folder.resolve("file.bin.part"), new byte[1000]);
        Files.writeString(folder.resolve("file.bin.part.validator"), "\"before\"");

        assertThat(fetch(null)).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("bytes=1000-");
    }

    @Test
    void partThatNothingTellsOf_isNotContinued() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("pets"));
        Files.write(folder.resolve("file.bin.part"), new byte[1000]);

        assertThat(fetch(null)).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("all");
    }

    @Test
    void partLongerThanTheFile_isFetchedAgain() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("pets"));
        Files.write(folder.resolve("file.bin.part"), new byte[content.length + 1]);

        assertThat(fetch(sum())).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("bytes=300001-", "all");
    }

    @Test
    void serverWithoutRanges_startsAgain() throws IOException {
        server.ranges = false;
        server.cuts = 1;

        assertThat(fetch(sum())).hasBinaryContent(content);
        assertThat(server.asked).containsExactly("all", "bytes=150000-");
    }

    @Test
    void serverThatAlwaysBreaksOff_isGivenUp_andSaysHowToGoOn() {
        server.ranges = false;
        server.cuts = 100;

        assertRefused(sum(), "Cannot fetch " + server.url(), "150000 of 300000 bytes", "under the name file.bin");
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void busyServer_isAskedAgain() throws IOException {
        server.failures = 2;

        assertThat(fetch(sum())).hasBinaryContent(content);
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void wrongSum_isSaid_andNothingIsKept() {
        server.content = content.clone();
        server.content[77]++;

        assertRefused(sum(), "not the right file", Sha256.of(server.content), "expected " + sum(), "It was deleted");
        hasNoFile(cache.resolve("pets"));
    }

    @Test
    void wrongSize_isSaidBeforeItIsFetched() {
        server.content = new byte[10];

        assertRefused(sum(), "it has 10 bytes, expected 300000");
        assertThat(told.bytes).isZero();
        hasNoFile(cache.resolve("pets"));
    }

    @Test
    void wrongFileInTheCache_isDeleted_andFetched() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("pets"));
        Files.write(folder.resolve("file.bin"), new byte[content.length]);

        assertThat(fetch(sum())).hasBinaryContent(content);
        assertThat(told.lines).singleElement().asString().contains("was not the right file", "It was deleted");
    }

    @Test
    void fileThatTheServerHasNot_isSaid() {
        URI missing = server.url().resolve("/nothing.bin");

        assertThatThrownBy(() -> fetch(missing, sum())).hasMessageContaining("status 404");
    }

    @Test
    void nobodyListening_isSaid_withWhatToDo() {
        URI url = server.url();
        server.close();

        assertRefused(sum(), "Cannot fetch " + url, "./sandpiper data import MODEL PATH", cache.toString());
        assertThat(told.lines).isEmpty();
    }

    @Test
    void fileThatAsksForAnAccount_isTakenFromTheCache_orSaid() throws IOException {
        assertThatThrownBy(() -> fetch(null, null))
                .hasMessageContainingAll("asks for an account at https://example.org/pets", "under the name file.bin");
        Files.write(cache.resolve("pets").resolve("file.bin"), content);

        assertThat(fetch(null, null)).hasBinaryContent(content);
    }

    private String sum() {
        return Sha256.of(content);
    }

    private Path fetch(@Nullable String sha256) {
        return fetch(server.url(), sha256);
    }

    /** @param sha256 null for a file of which nothing is known beforehand */
    private Path fetch(@Nullable URI url, @Nullable String sha256) {
        Long bytes = sha256 == null ? null : (long) content.length;
        NamedDataset dataset = new NamedDataset(
                "pets",
                "Pets",
                "https://example.org/pets",
                "nobody",
                "none",
                PictureFormat.ZIP,
                2,
                List.of("cat", "dog"),
                List.of(new DatasetFile("file.bin", url, bytes, sha256)),
                null);
        return new Download(cache, told, Duration.ZERO).fetch(dataset);
    }

    private void assertRefused(String sha256, String... said) {
        assertThatThrownBy(() -> fetch(sha256))
                .isInstanceOf(DatasetException.class)
                .hasMessageContainingAll(said);
    }

    private void hasOneFile(Path folder) {
        assertThat(folder.toFile().list()).hasSize(1);
    }

    private void hasNoFile(Path folder) {
        assertThat(folder.toFile().list()).isEmpty();
    }
}
