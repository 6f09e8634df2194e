/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.archive;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sandpiper.schemas.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys were made with openssl, for this test alone. */
class ModelSignaturesTest {

    private static final String PRIVATE = "MC4CAQAwBQYDK2VwBCIEIMdUMfnPhrOD0Bp49RIn2ErlhjOpAKlZR8kMBMx6ObRb";
    private static final String PUBLIC = "MCowBQYDK2VwAyEAQikp9iL6m6uh0CgRSRGGrLd0ZEbxmhfk/XPC3Lf/63c=";

    @TempDir
    private Path folder;

    private PrivateKey signing;
    private PublicKey verifying;

    @BeforeEach
    void readKeys() throws IOException {
        signing = ModelSignatures.privateKey(pem("PRIVATE KEY", PRIVATE));
        verifying = ModelSignatures.publicKey(pem("PUBLIC KEY", PUBLIC));
    }

    @Test
    void signedVersion_isBelieved() {
        assertThatCode(() -> ModelSignatures.verify(ModelSignatures.sign(version("1", "a"), signing), verifying))
                .doesNotThrowAnyException();
    }

    @Test
    void signatureOfAnotherVersion_orOtherBytes_isNot() {
        String signature = ModelSignatures.sign(version("1", "a"), signing).signature();

        for (ModelVersion other : List.of(version("2", "a"), version("1", "b"))) {
            assertThatThrownBy(() -> ModelSignatures.verify(other.withSignature(signature), verifying))
                    .isInstanceOf(InvalidArchiveException.class)
                    .hasMessageContaining("not trusted");
        }
        assertThatThrownBy(() -> ModelSignatures.verify(version("1", "a").withSignature("?"), verifying))
                .isInstanceOf(InvalidArchiveException.class);
        assertThatThrownBy(() -> ModelSignatures.verify(version("1", "a"), verifying))
                .hasMessage("the version is not signed");
    }

    @Test
    void fileThatIsNoKey_isNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");

        assertThatThrownBy(() -> ModelSignatures.publicKey(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.pem is no PEM file with a PUBLIC KEY");
        assertThatThrownBy(() -> ModelSignatures.privateKey(pem("PRIVATE KEY", PUBLIC)))
                .hasMessageContaining("holds no Ed25519 private key");
    }

    private Path pem(String type, String base64) throws IOException {
        return Files.writeString(
                folder.resolve(type + ".pem"),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type));
    }

    private static ModelVersion version(String number, String sha256) {
        return new ModelVersion(
                "tiny", number, null, List.of("a", "b"), "key", sha256, Map.of(), null, null, null, Instant.EPOCH);
    }
}
