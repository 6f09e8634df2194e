/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import io.sandpiper.schemas.Names;
import io.sandpiper.schemas.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of a data set.
 *
 * @param name under which it lies in the cache
 * @param url where anybody can fetch it; null where that takes an account
 * @param bytes null where it is not known
 * @param sha256 in lower-case hex; null where the file may change
 */
public record DatasetFile(
        String name,
        @Nullable URI url,
        @Nullable Long bytes,
        @Nullable String sha256) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    public DatasetFile {
        NamedDataset.require(name != null && Names.isFileName(name), "a file has a plain name");
        NamedDataset.require(
                url == null || SCHEMES.contains(String.valueOf(url.getScheme())), "a url is of http or https");
        NamedDataset.require(bytes == null || bytes > 0, "bytes is a number above 0");
        NamedDataset.require(sha256 == null || sha256.matches("[0-9a-f]{64}"), "sha256 is 64 hex digits");
    }

    /** What is wrong with a file that should be this one; null when nothing is, as far as is known. */
    @Nullable
    String fault(Path file) throws IOException {
        long size = Files.size(file);
        if (bytes != null && size != bytes) {
            return "it has %d bytes, expected %d".formatted(size, bytes);
        }
        if (sha256 == null) {
            return null;
        }
        String found = Sha256.of(file);
        return found.equals(sha256) ? null : "its sha256 is %s, expected %s".formatted(found, sha256);
    }
}
