/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the instances of the API know each other: made from a secret that lies in their object store. */
public final class PeerToken {

    public static final String HEADER = "X-Sandpiper-Peer";

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "peer-token".getBytes(StandardCharsets.US_ASCII);

    private final String value;

    /** @param key shared by all instances */
    public PeerToken(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            this.value = HexFormat.of().formatHex(mac.doFinal(PURPOSE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
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
