/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class TellingBlobStoreTest {

    private final BlobStore disk = mock(BlobStore.class);
    private final TellingBlobStore store = new TellingBlobStore(disk);

    /** While it is written, and when its file is made. */
    static Stream<IOException> fullDisk() {
        return Stream.of(
                new IOException("No space left on device"),
                new FileSystemException("/data/objects/x", null, "No space left on device"));
    }

    @ParameterizedTest
    @MethodSource("fullDisk")
    void fullDisk_isToldToTheClient(IOException failure) {
        when(disk.putBlob(any(), any())).thenThrow(new RuntimeException(failure));

        assertThatThrownBy(this::put)
                .isInstanceOf(S3ProxyException.class)
                .hasMessage("The object cannot be written: No space left on device.");
    }

    @Test
    void otherFailures_stayWhatTheyAre() {
        IllegalStateException other = new IllegalStateException("x");
        when(disk.putBlob(any(), any())).thenThrow(other);

        assertThatThrownBy(this::put).isSameAs(other);
    }

    private void put() {
        store.putBlob(PutObjectRequest.builder().build(), InputStream.nullInputStream());
    }
}
