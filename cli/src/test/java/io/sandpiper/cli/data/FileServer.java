/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.cli.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP server with one file, that breaks off when it is told to. Settings may change between requests. */
final class FileServer implements AutoCloseable {

    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final HttpServer server;

    volatile byte[] content;
    volatile String tag = "\"one\"";
    volatile boolean ranges = true;
    /** How many requests from now on are cut. */
    volatile int cuts;
    /** How many requests from now on are answered with 503. */
    volatile int failures;

    /** Range of each request, "all" for those without. */
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    FileServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/file.bin", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/file.bin");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(range == null ? "all" : range);
        if (failures > 0) {
            failures--;
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        int from = from(range, exchange.getRequestHeaders().getFirst("If-Range"));
        if (from >= content.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(NOT_SATISFIABLE, -1);
            exchange.close();
            return;
        }
        byte[] rest = Arrays.copyOfRange(content, from, content.length);
        exchange.getResponseHeaders().set("ETag", tag);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? PARTIAL : 200, rest.length);
        int sent = cuts > 0 ? rest.length / 2 : rest.length;
        cuts--;
        exchange.getResponseBody().write(rest, 0, sent);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private int from(@Nullable String range, @Nullable String condition) {
        boolean same = condition == null || condition.equals(tag);
        return ranges && range != null && same ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
