/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.schemas.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** How the instances of the API know each other: made from a secret that lies in their object store. */
public final class PeerToken {

    public static final String HEADER = "X-Sandpiper-Peer";

    private static final byte[] PURPOSE = "peer-token".getBytes(StandardCharsets.US_ASCII);

    private final String value;

    /** @param key shared by all instances */
    public PeerToken(byte[] key) {
        this.value = HexFormat.of().formatHex(new HmacSha256(key).of(PURPOSE));
    }

    String value() {
        return value;
    }

    /** In a time that does not depend on how much of it is right. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.US_ASCII), presented.getBytes(StandardCharsets.UTF_8));
    }
}
