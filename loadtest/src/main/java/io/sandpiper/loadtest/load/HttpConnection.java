/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1 that is kept alive, for one thread: a request out in one write, its answer in. The
 * generator shares the cores with what it measures, and the JDK's client costs several times as much there.
 */
final class HttpConnection implements AutoCloseable {

    private static final int LONGEST_WAIT_MILLIS = 90_000;
    private static final int BUFFER = 16 * 1024;

    private final URI server;
    private final String headers;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    /** @param key of the API; null where it has none */
    HttpConnection(URI server, @Nullable String key) {
        this.server = server;
        this.headers = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n"
                + (key == null ? "" : "Authorization: Bearer " + key + "\r\n");
    }

    /** @param body not copied */
    @SuppressWarnings("ArrayRecordComponent") // two answers are never compared
    record Answer(int status, byte[] body) {}

    /**
     * @param more headers, each with its end of line
     * @throws IOException when the connection broke: then nobody knows whether it was taken
     */
    Answer post(String path, String more, byte[] body) throws IOException {
        try {
            Socket open = open();
            byte[] head = ("POST " + path + headers + more + "Content-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] request = new byte[head.length + body.length];
            System.arraycopy(head, 0, request, 0, head.length);
            System.arraycopy(body, 0, request, head.length, body.length);
            OutputStream out = open.getOutputStream();
            out.write(request);
            return read();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null) {
            boolean secure = "https".equals(server.getScheme());
            int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
            open = secure
                    ? SSLSocketFactory.getDefault().createSocket(server.getHost(), port)
                    : new Socket(server.getHost(), port);
            open.setTcpNoDelay(true);
            open.setSoTimeout(LONGEST_WAIT_MILLIS);
            in = new BufferedInputStream(open.getInputStream(), BUFFER);
            socket = open;
        }
        return open;
    }

    private Answer read() throws IOException {
        String status = line();
        int code = Integer.parseInt(status.substring(9, 12));
        int length = 0;
        boolean closing = false;
        for (String header = header(); !header.isEmpty(); header = header()) {
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                throw new IOException("the load test reads answers of a known length only");
            } else if (header.startsWith("connection:")) {
                closing = header.contains("close");
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer was cut short");
        }
        if (closing) {
            close();
        }
        return new Answer(code, body);
    }

    private String header() throws IOException {
        return line().toLowerCase(Locale.ROOT);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // it is given up anyway
        }
    }
}
