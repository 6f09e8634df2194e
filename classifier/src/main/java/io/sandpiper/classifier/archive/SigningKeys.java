/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key that versions are signed with, and the one that they are checked with, as PEM files. */
public final class SigningKeys {

    private SigningKeys() {}

    /** Makes both when the private one is missing; that is written last: where it is, both are. */
    public static synchronized void makeIfMissing(Path signingKey, Path verifyKey) throws IOException {
        if (Files.exists(signingKey)) {
            return;
        }
        KeyPair keys;
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
        Files.writeString(verifyKey, pem("PUBLIC KEY", keys.getPublic()));
        SecretFile.write(signingKey, pem("PRIVATE KEY", keys.getPrivate()));
    }

    private static String pem(String type, Key key) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(key.getEncoded()), type);
    }
}
