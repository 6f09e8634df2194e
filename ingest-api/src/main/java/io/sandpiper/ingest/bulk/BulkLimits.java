/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.bulk;

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
record BulkLimits(long archiveBytes, long unpackedBytes, int ratio, int entries, int entryBytes) {

    static BulkLimits of(IngestProperties properties) {
        return new BulkLimits(
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
