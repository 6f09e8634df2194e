/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import io.sandpiper.schemas.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 signatures of versions: whoever can write to the topic or the bucket can still not make one that serves. */
public final class ModelSignatures {

    private static final String ALGORITHM = "Ed25519";

    private ModelSignatures() {}

    /** @param pem a private key as {@code openssl genpkey -algorithm ed25519} writes it */
    public static PrivateKey privateKey(Path pem) throws IOException {
        byte[] der = der(pem, "PRIVATE KEY");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " holds no Ed25519 private key", e);
        }
    }

    /** @param pem a public key as {@code openssl pkey -pubout} writes it */
    public static PublicKey publicKey(Path pem) throws IOException {
        byte[] der = der(pem, "PUBLIC KEY");
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " holds no Ed25519 public key", e);
        }
    }

    public static ModelVersion sign(ModelVersion version, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(version.signedBytes());
            return version.withSignature(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the version cannot be signed", e);
        }
    }

    /** @throws InvalidArchiveException when it is not signed, or by another key */
    public static void verify(ModelVersion version, PublicKey key) throws InvalidArchiveException {
        if (version.signature() == null) {
            throw new InvalidArchiveException("the version is not signed");
        }
        boolean valid;
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(version.signedBytes());
            valid = signature.verify(Base64.getDecoder().decode(version.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidArchiveException("the version's signature cannot be read", e);
        }
        if (!valid) {
            throw new InvalidArchiveException("the version is signed by a key that is not trusted here");
        }
    }

    private static byte[] der(Path pem, String type) throws IOException {
        String text = Files.readString(pem, StandardCharsets.US_ASCII);
        String begin = "-----BEGIN " + type + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + type + "-----");
        if (from < 0 || to < from) {
            throw new IOException(pem + " is no PEM file with a " + type);
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
}
