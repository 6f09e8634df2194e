/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a zip, a tar, a tar.gz or NDJSON, told by its first bytes. Blocks; belongs to one thread. */
public final class ArchiveReader {

    /** Types of tar entries that are neither links nor devices. */
    private static final Set<Byte> FILES =
            Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

    private static final int SNIFFED = 512;
    private static final int TAR_MAGIC_AT = 257;
    /** Two records. */
    private static final int TAR_END = 1024;

    private static final long FREE_BYTES = 1 << 20;
    private static final int CHUNK = 1 << 16;

    private final ArchiveLimits limits;
    private final EntrySink sink;
    private long unpacked;
    private int entries;

    public ArchiveReader(ArchiveLimits limits, EntrySink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** @throws ArchiveStoppedException when it is not read to its end; says at which entry */
    public void read(InputStream body) throws ArchiveStoppedException, InterruptedException {
        MeteredInput metered = new MeteredInput(body, limits.archiveBytes());
        try {
            BufferedInputStream in = new BufferedInputStream(metered, CHUNK);
            byte[] head = head(in);
            if (startsWith(head, 0, "PK")) {
                entries(new ZipArchiveInputStream(in, StandardCharsets.UTF_8.name(), true, false), metered);
            } else if (head.length > 1 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
                InputStream unpacked = GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
                // Headers and padding of a tar are no entries, and can be made to go on for ever.
                entries(new TarArchiveInputStream(new MeteredInput(unpacked, 2 * limits.unpackedBytes())), metered);
            } else if (startsWith(head, TAR_MAGIC_AT, "ustar")) {
                entries(new TarArchiveInputStream(in), metered);
                requireTarEnd(metered);
            } else if (startsWith(head, 0, "{")) {
                new NdjsonReader(limits, sink).read(in);
            } else {
                throw stopped("not-an-archive", "These bytes are no zip, tar, tar.gz or NDJSON.", null);
            }
        } catch (MeteredInput.LimitException e) {
            throw stopped("archive-too-large", "The archive has %s.".formatted(e.getMessage()), e);
        } catch (EOFException | ZipException e) {
            throw stopped("truncated-archive", "The archive ends too early, or is broken.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw stopped("corrupt-archive", "The archive cannot be read on: " + e.getMessage(), e);
        }
    }

    private void entries(ArchiveInputStream<? extends ArchiveEntry> archive, MeteredInput metered)
            throws IOException, ArchiveStoppedException, InterruptedException {
        ArchiveEntry entry;
        while ((entry = archive.getNextEntry()) != null) {
            if (entry.isDirectory()) {
                continue;
            }
            if (++entries > limits.entries()) {
                throw stopped("too-many-entries", "There are more than %d entries.".formatted(limits.entries()), null);
            }
            String name = EntryNames.shown(entry.getName());
            if (!EntryNames.isSafe(entry.getName())) {
                unpack(name, archive, metered);
                sink.refused(name, new Reason("unsafe-name", "The entry's name leads out of the archive."));
            } else if (entry instanceof TarArchiveEntry tar && !FILES.contains(tar.getLinkFlag())) {
                sink.refused(name, new Reason("not-a-file", "The entry is a link or a device, not a file."));
            } else if (!archive.canReadEntryData(entry)) {
                sink.refused(
                        name,
                        new Reason("unreadable-entry", "The entry is encrypted, or packed in a way that is not read."));
            } else {
                entry(name, archive, metered);
            }
        }
    }

    private void entry(String name, InputStream archive, MeteredInput metered)
            throws IOException, ArchiveStoppedException, InterruptedException {
        byte[] image = unpack(name, archive, metered);
        if (image.length > limits.entryBytes()) {
            sink.refused(
                    name,
                    new Reason(
                            "image-too-large",
                            "The picture is larger than the limit of %d bytes.".formatted(limits.entryBytes())));
        } else {
            sink.picture(name, image);
        }
    }

    /** One byte more than it may have stands for all that is behind it; everything is read. */
    private byte[] unpack(String name, InputStream archive, MeteredInput metered)
            throws IOException, ArchiveStoppedException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        int read;
        while ((read = archive.read(chunk)) > 0) {
            unpacked += read;
            requireHonest(name, metered.bytes());
            image.write(chunk, 0, Math.min(read, limits.entryBytes() + 1 - image.size()));
        }
        return image.toByteArray();
    }

    /** A bomb grows out of all proportion to what was sent; it is met while it unpacks, not afterwards. */
    private void requireHonest(String name, long packed) throws ArchiveStoppedException {
        if (unpacked > limits.unpackedBytes()) {
            throw stopped(
                    "archive-too-large",
                    "It unpacks to more than %d bytes (at the entry %s).".formatted(limits.unpackedBytes(), name),
                    null);
        }
        if (unpacked - FREE_BYTES > packed * limits.ratio()) {
            throw stopped(
                    "archive-bomb",
                    "It unpacks to more than %d times its size (at the entry %s).".formatted(limits.ratio(), name),
                    null);
        }
    }

    /** A tar that was cut between two entries looks whole, but for the empty records at its end. */
    private static void requireTarEnd(MeteredInput metered) throws ArchiveStoppedException {
        if (metered.zerosAtEnd() < TAR_END) {
            throw stopped("truncated-archive", "The archive ends too early, or is broken.", null);
        }
    }

    private static byte[] head(BufferedInputStream in) throws IOException {
        in.mark(SNIFFED);
        byte[] head = in.readNBytes(SNIFFED);
        in.reset();
        return head;
    }

    private static boolean startsWith(byte[] head, int at, String magic) {
        return head.length >= at + magic.length()
                && new String(head, at, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }

    private static ArchiveStoppedException stopped(String code, String detail, @Nullable Throwable cause) {
        return new ArchiveStoppedException(code, detail, cause);
    }
}
