/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(10 << 20, 20 << 20, 100, 1000, 1 << 20);

    private final Map<String, Integer> pictures = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final EntrySink sink = new EntrySink() {
        @Override
        public void picture(String name, byte[] image) {
            pictures.put(name, image.length);
        }

        @Override
        public void refused(String name, Reason reason) {
            refused.put(name, reason.code());
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz", "ndjson"})
    void entries_comeInTheirOrder(String format) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            files.put("folder/%02d.png".formatted(i), new byte[100 + i]);
        }

        read(archive(format, files));

        assertThat(pictures.keySet()).containsExactlyElementsOf(files.keySet());
        assertThat(pictures).containsEntry("folder/07.png", 107);
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz"})
    void nameThatLeadsOut_isRefused_theOthersTaken(String format) throws Exception {
        List<String> unsafe = List.of("../../x", "/etc/x", "C:\\x", "..\\x", "a/../../x", "a\u0001b", "C:x");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("first.png", new byte[10]);
        unsafe.forEach(name -> files.put(name, new byte[10]));
        files.put("last..png", new byte[10]);

        read(archive(format, files));

        assertThat(pictures).containsOnlyKeys("first.png", "last..png");
        assertThat(refused).hasSize(unsafe.size());
        assertThat(refused.values()).containsOnly("unsafe-name");
        assertThat(refused.keySet()).allSatisfy(name -> assertThat(name.chars()).noneMatch(Character::isISOControl));
    }

    @Test
    void linksAndDevices_areRefused() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (byte type : new byte[] {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            }) {
                TarArchiveEntry entry = new TarArchiveEntry("link" + type, type);
                entry.setLinkName("/etc/passwd");
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        }

        read(bytes.toByteArray());

        assertThat(pictures).isEmpty();
        assertThat(refused).hasSize(5);
        assertThat(refused.values()).containsOnly("not-a-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar.gz"})
    void bomb_isLeft_beforeItIsUnpacked(String format) throws Exception {
        byte[] bomb = archive(format, Map.of("good.png", new byte[10], "bomb", new byte[19 << 20]));

        long started = System.nanoTime();
        ArchiveStoppedException stopped = stopped(bomb);

        assertThat(bomb.length).isLessThan(100_000);
        assertThat(stopped.reason().code()).isEqualTo("archive-bomb");
        assertThat(stopped.reason().detail()).contains("at the entry bomb");
        assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
    }

    @Test
    void bombBehindAnUnsafeName_isMetAsWell() throws Exception {
        assertThat(stopped(archive("zip", Map.of("../bomb", new byte[19 << 20])))
                        .reason()
                        .code())
                .isEqualTo("archive-bomb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "ndjson"})
    void tooManyEntries_areLeft_theFirstOnesTaken(String format) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i <= LIMITS.entries(); i++) {
            files.put(String.valueOf(i), new byte[1]);
        }

        assertThat(stopped(archive(format, files)).reason().code()).isEqualTo("too-many-entries");
        assertThat(pictures).hasSize(LIMITS.entries());
    }

    @Test
    void exactlyTheLimit_isTaken() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < LIMITS.entries(); i++) {
            files.put(String.valueOf(i), new byte[1]);
        }
        files.remove("0");
        files.put("large", new byte[LIMITS.entryBytes()]);
        read(archive("tar", files));

        assertThat(pictures).hasSize(LIMITS.entries()).containsEntry("large", LIMITS.entryBytes());
        assertThat(refused).isEmpty();
    }

    @Test
    void pictureThatIsTooLarge_isRefusedAlone() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("large", new byte[LIMITS.entryBytes() + 1]);
        files.put("small", new byte[10]);

        read(archive("tar", files));

        assertThat(refused).containsExactly(Map.entry("large", "image-too-large"));
        assertThat(pictures).containsOnlyKeys("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zip", "tar", "tar.gz"})
    void truncatedArchive_isTold(String format) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[5000];
            new java.util.Random(i).nextBytes(noise);
            files.put("%d.png".formatted(i), noise);
        }
        byte[] whole = archive(format, files);

        for (double part : new double[] {0.3, 0.5, 0.7, 0.8}) {
            pictures.clear();
            ArchiveStoppedException stopped = stopped(Arrays.copyOf(whole, (int) (whole.length * part)));
            assertThat(stopped.reason().code()).isIn("truncated-archive", "corrupt-archive");
            assertThat(pictures).hasSizeBetween(1, 19);
        }
    }

    @Test
    void zipInAZip_isNoPicture_andIsNotOpened() throws Exception {
        byte[] inner = archive("zip", Map.of("a.png", new byte[10]));

        read(archive("zip", Map.of("inner.zip", inner)));

        assertThat(pictures).containsOnlyKeys("inner.zip");
    }

    @Test
    void badLine_doesNotTouchTheOthers() throws Exception {
        String nested = "[".repeat(100_000);
        String lines = "{\"name\":\"a\",\"image\":\"AAAA\"}\r\n"
                + "{\"name\":\"b\",\"image\":\"not base64!\"}\n"
                + "nonsense\n\n"
                + "{\"name\":\"c\"}\n"
                + "{\"image\":" + nested + "}\n"
                + "{\"image\":\"AAAA\"}";

        read(lines.getBytes(StandardCharsets.UTF_8));

        assertThat(pictures).containsExactly(Map.entry("a", 3), Map.entry("line 6", 3));
        assertThat(refused).containsOnlyKeys("b", "line 3", "c", "line 5").containsValue("malformed-line");
    }

    @Test
    void lineWithoutEnd_isLeft_earlierOnesStand() throws Exception {
        String first = "{\"name\":\"a\",\"image\":\"AAAA\"}\n";
        byte[] start = (first + "{\"image\":\"").getBytes(StandardCharsets.UTF_8);
        InputStream endless = new java.io.SequenceInputStream(new ByteArrayInputStream(start), new InputStream() {
            @Override
            public int read() {
                return 'A';
            }
        });

        ArchiveStoppedException stopped = catchThrowableOfType(
                ArchiveStoppedException.class, () -> new ArchiveReader(LIMITS, sink).read(endless));

        assertThat(stopped.reason().code()).isEqualTo("line-too-long");
        assertThat(stopped.reason().detail()).startsWith("Line 2 ");
        assertThat(pictures).containsOnlyKeys("a");
    }

    @Test
    void whatIsNoArchive_isTold() {
        for (byte[] bytes : List.of(new byte[0], "hello".getBytes(StandardCharsets.UTF_8), new byte[600])) {
            assertThat(stopped(bytes).reason().code()).isEqualTo("not-an-archive");
        }
    }

    @Test
    void archiveThatIsTooLarge_isLeft() throws Exception {
        List<byte[]> noise = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 11; i++) {
            noise.add(new byte[1 << 20]);
            new java.util.Random(i).nextBytes(noise.get(i));
            files.put(String.valueOf(i), noise.get(i));
        }

        assertThat(stopped(archive("tar", files)).reason().code()).isEqualTo("archive-too-large");
        assertThat(pictures).hasSize(9);
    }

    private void read(byte[] archive) throws Exception {
        new ArchiveReader(LIMITS, sink).read(new ByteArrayInputStream(archive));
    }

    private ArchiveStoppedException stopped(byte[] archive) {
        ArchiveStoppedException stopped = catchThrowableOfType(ArchiveStoppedException.class, () -> read(archive));
        assertThat(stopped).isNotNull();
        return stopped;
    }

    private static byte[] archive(String format, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (format) {
            case "zip" -> {
                try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                    zip.putNextEntry(new ZipEntry("folder/"));
                    for (Map.Entry<String, byte[]> file : files.entrySet()) {
                        zip.putNextEntry(new ZipEntry(file.getKey()));
                        zip.write(file.getValue());
                    }
                }
            }
            case "tar" -> tar(bytes, files);
            case "tar.gz" -> {
                try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                    tar(gzip, files);
                }
            }
            default -> {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    String image = Base64.getEncoder().encodeToString(file.getValue());
                    bytes.writeBytes("{\"name\":\"%s\",\"image\":\"%s\"}\n"
                            .formatted(file.getKey(), image)
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void tar(java.io.OutputStream out, Map<String, byte[]> files) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
            entry.setSize(file.getValue().length);
            tar.putArchiveEntry(entry);
            tar.write(file.getValue());
            tar.closeArchiveEntry();
        }
        tar.finish();
    }
}
