/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** multipart/form-data (RFC 7578) with many files, which the JDK's client does not make by itself. */
final class Multipart {

    private final String boundary = UUID.randomUUID().toString();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** @param fileName what would end the header, or a terminal's line, is replaced */
    void add(String part, String fileName, byte[] content) {
        write("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                .formatted(boundary, part, fileName.replaceAll("[\"\\p{Cntrl}]", "_")));
        write("Content-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(content);
        write("\r\n");
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Of all parts so far; there are no more. */
    HttpRequest.BodyPublisher publisher() {
        write("--" + boundary + "--\r\n");
        return HttpRequest.BodyPublishers.ofByteArray(body.toByteArray());
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
