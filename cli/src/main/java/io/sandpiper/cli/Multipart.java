/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** multipart/form-data (RFC 7578) with many files, which the JDK's client does not make by itself. */
final class Multipart {

    private final String boundary = UUID.randomUUID().toString();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Multipart(String part, List<Path> files) {
        try {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName()).replaceAll("[\"\\r\\n]", "_");
                write("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                        .formatted(boundary, part, name));
                write("Content-Type: application/octet-stream\r\n\r\n");
                body.write(Files.readAllBytes(file));
                write("\r\n");
            }
            write("--" + boundary + "--\r\n");
        } catch (IOException e) {
            throw new CliException("Cannot read a picture: " + e.getMessage());
        }
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    HttpRequest.BodyPublisher publisher() {
        return HttpRequest.BodyPublishers.ofByteArray(body.toByteArray());
    }

    private void write(String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
