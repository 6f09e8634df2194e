/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server in this process, on loopback, with its objects as files in a folder. */
final class EmbeddedObjectStore implements AutoCloseable {

    static final String ACCESS_KEY = "sandpiper";

    private static final int THREADS = 16;

    private final S3Proxy server;
    private final URI endpoint;

    private EmbeddedObjectStore(S3Proxy server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static EmbeddedObjectStore start(Path folder, int port, String secretKey) throws Exception {
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new TellingBlobStore(new FilesystemNio2BlobStore(folder.toString())))
                .endpoint(endpoint)
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, secretKey)
                .jettyMaxThreads(THREADS)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return new EmbeddedObjectStore(server, endpoint);
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the object store did not stop", e);
        }
    }
}
