/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One file over HTTP, in one request or in several (RFC 9110, range requests). What has come lies in NAME.part, and what
 * the server called that state of the file in NAME.part.validator, so that another process can go on. Belongs to one
 * thread.
 */
final class Transfer {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 30_000;
    private static final int CHUNK = 1 << 16;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int SERVER_AT_FAULT = 500;

    private final DatasetFile file;
    private final URI url;
    private final Download.Listener listener;
    private final Path part;
    private final Path validator;

    Transfer(DatasetFile file, URI url, Path folder, Download.Listener listener) {
        this.file = file;
        this.url = url;
        this.listener = listener;
        this.part = folder.resolve(file.name() + ".part");
        this.validator = folder.resolve(file.name() + ".part.validator");
    }

    /** How much has come. */
    long bytes() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** What has come, whole or not. */
    Path part() {
        return part;
    }

    /** Forgets what has come. */
    void discard() throws IOException {
        Files.deleteIfExists(part);
        Files.deleteIfExists(validator);
    }

    void moveTo(Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(validator);
    }

    /**
     * Asks for what is missing, and returns when nothing is.
     *
     * @throws IOException when that broke; what has come is kept
     * @throws DatasetException when the server has no such file
     */
    void goOn() throws IOException {
        long have = bytes();
        if (file.bytes() != null && have == file.bytes()) {
            return;
        }
        String known = have > 0 && Files.exists(validator) ? Files.readString(validator) : null;
        if (known == null && file.sha256() == null) {
            // Nothing would tell whether the rest is of the same file.
            have = 0;
        }
        // Not java.net.http: there, a body that comes to a standstill has no time limit.
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
            if (known != null) {
                connection.setRequestProperty("If-Range", known);
            }
        }
        try {
            receive(connection, have);
        } finally {
            connection.disconnect();
        }
    }

    private void receive(HttpURLConnection connection, long asked) throws IOException {
        int status = connection.getResponseCode();
        boolean continued = status == HttpURLConnection.HTTP_PARTIAL;
        if (status == RANGE_NOT_SATISFIABLE
                && ("bytes */" + asked).equals(connection.getHeaderField("Content-Range"))) {
            return;
        }
        if (status == RANGE_NOT_SATISFIABLE || (continued && !startsAt(connection, asked))) {
            discard();
            throw new IOException("the server has another file than before");
        }
        if (status >= SERVER_AT_FAULT) {
            throw new IOException("the server answered with status " + status);
        }
        if (!continued && status != HttpURLConnection.HTTP_OK) {
            throw new DatasetException(
                    "%s cannot be fetched: the server answered with status %d.".formatted(url, status));
        }
        long have = continued ? asked : 0;
        long length = connection.getContentLengthLong();
        long total = length < 0 ? -1 : have + length;
        if (file.bytes() != null && total >= 0 && total != file.bytes()) {
            discard();
            throw new DatasetException("%s is another file than expected: it has %d bytes, expected %d."
                    .formatted(url, total, file.bytes()));
        }
        if (!continued) {
            discard();
            rememberValidator(connection);
        }
        copy(connection, have, total);
    }

    private void copy(HttpURLConnection connection, long have, long total) throws IOException {
        long received = have;
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] chunk = new byte[CHUNK];
            int read;
            while ((read = in.read(chunk)) > 0) {
                out.write(chunk, 0, read);
                received += read;
                listener.received(file.name(), received, total);
            }
        }
        if (received < total) {
            throw new EOFException("the connection was cut after %d of %d bytes".formatted(received, total));
        }
    }

    /** A weak validator does not say that bytes are the same. */
    private void rememberValidator(HttpURLConnection connection) throws IOException {
        String tag = connection.getHeaderField("ETag");
        String value = tag == null || tag.startsWith("W/") ? connection.getHeaderField("Last-Modified") : tag;
        if (value != null) {
            Files.writeString(validator, value);
        }
    }

    private static boolean startsAt(HttpURLConnection connection, long place) {
        String range = connection.getHeaderField("Content-Range");
        return range != null && range.startsWith("bytes " + place + "-");
    }
}
