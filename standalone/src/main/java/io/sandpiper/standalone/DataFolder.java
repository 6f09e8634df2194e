/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import io.sandpiper.classifier.archive.SecretFile;
import io.sandpiper.classifier.archive.SigningKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The folder that everything is kept in, locked for one process. */
final class DataFolder implements AutoCloseable {

    private static final int SECRET_BYTES = 24;
    private static final String SIGNING_KEY = "signing-key.pem";
    private static final String VERIFY_KEY = "verify-key.pem";

    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /** Creates the folder when it is missing. The lock goes with the process, however that ends. */
    static DataFolder open(Path root) throws StandaloneException {
        FileChannel channel;
        try {
            Files.createDirectories(root);
            channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StandaloneException(
                    "Cannot write to %s. Make it writable, or choose another folder with SANDPIPER_DATA."
                            .formatted(root),
                    e);
        }
        if (lock(channel) == null) {
            throw new StandaloneException(
                    "Sandpiper already runs on %s. Stop it, or choose another folder with SANDPIPER_DATA."
                            .formatted(root));
        }
        return new DataFolder(root, channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws StandaloneException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw new StandaloneException("Cannot lock the data folder: " + e.getMessage(), e);
        }
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** A random text that only the owner of the folder can read, the same at every start. */
    String secret(String name) throws IOException {
        Path file = root.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(random);
            SecretFile.write(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file);
    }

    /** The private key that versions are signed with, as a PEM file; made at the first start. */
    Path signingKey() throws IOException {
        makeKeys();
        return root.resolve(SIGNING_KEY);
    }

    /** The public key that belongs to it. */
    Path verifyKey() throws IOException {
        makeKeys();
        return root.resolve(VERIFY_KEY);
    }

    private void makeKeys() throws IOException {
        SigningKeys.makeIfMissing(root.resolve(SIGNING_KEY), root.resolve(VERIFY_KEY));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
