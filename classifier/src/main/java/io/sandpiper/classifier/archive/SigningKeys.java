/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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
        writeForOwner(signingKey, pem("PRIVATE KEY", keys.getPrivate()));
    }

    /** Nobody else may read it at any moment, and it is there whole or not at all. */
    public static void writeForOwner(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String type, Key key) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(key.getEncoded()), type);
    }
}
