/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import io.sandpiper.ingest.IngestProperties;

/**
 * What an archive may be.
 *
 * @param archiveBytes as it comes in
 * @param unpackedBytes of all entries together
 * @param ratio how many times as large it may be unpacked, beyond a first mebibyte
 * @param entries how many
 * @param entryBytes the largest picture
 */
public record ArchiveLimits(long archiveBytes, long unpackedBytes, int ratio, int entries, int entryBytes) {

    public static ArchiveLimits of(IngestProperties properties) {
        return new ArchiveLimits(
                properties.bulk().maxBytes().toBytes(),
                properties.bulk().maxUnpacked().toBytes(),
                properties.bulk().maxRatio(),
                properties.bulk().maxEntries(),
                Math.toIntExact(properties.imageLimits().maxBytes()));
    }

    /** Of a line of NDJSON: base64 takes four thirds, and there is a name. */
    int lineBytes() {
        return Math.toIntExact(entryBytes * 4L / 3 + 4096);
    }
}
