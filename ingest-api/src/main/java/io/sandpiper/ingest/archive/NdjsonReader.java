/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A picture a line: {@code {"name": "…", "image": "base64"}}. A bad line does not touch the others. */
final class NdjsonReader {

    private final ArchiveLimits limits;
    private final EntrySink sink;
    private int lines;
    private long unpacked;

    NdjsonReader(ArchiveLimits limits, EntrySink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    private record Line(@Nullable String name, @Nullable String image) {}

    void read(InputStream in) throws IOException, ArchiveStoppedException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) >= 0) {
            if (next == '\n') {
                take(line.toByteArray());
                line.reset();
            } else {
                line.write(next);
                if (line.size() > limits.lineBytes()) {
                    throw new ArchiveStoppedException(
                            "line-too-long",
                            "Line %d is longer than %d bytes.".formatted(lines + 1, limits.lineBytes()),
                            null);
                }
            }
        }
        take(line.toByteArray());
    }

    private void take(byte[] line) throws ArchiveStoppedException, InterruptedException {
        if (isBlank(line)) {
            return;
        }
        if (++lines > limits.entries()) {
            throw new ArchiveStoppedException(
                    "too-many-entries", "There are more than %d lines.".formatted(limits.entries()), null);
        }
        String name = "line " + lines;
        try {
            Line parsed = Json.read(line, Line.class);
            name = parsed.name() == null ? name : EntryNames.shown(parsed.name());
            if (parsed.image() == null) {
                sink.refused(name, new Reason("malformed-line", "The line has no image."));
                return;
            }
            byte[] image = Base64.getDecoder().decode(parsed.image());
            unpacked += image.length;
            if (unpacked > limits.unpackedBytes()) {
                throw new ArchiveStoppedException(
                        "archive-too-large",
                        "It unpacks to more than %d bytes (at %s).".formatted(limits.unpackedBytes(), name),
                        null);
            }
            sink.picture(name, image);
        } catch (MalformedMessageException e) {
            sink.refused(name, new Reason("malformed-line", "The line is no JSON with name and image."));
        } catch (IllegalArgumentException e) {
            sink.refused(name, new Reason("malformed-line", "The image is no base64."));
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
