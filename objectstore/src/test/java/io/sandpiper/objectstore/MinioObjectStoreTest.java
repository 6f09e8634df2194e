/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioObjectStoreTest {

    private static final byte[] CONTENT = new byte[1 << 20];

    private final AtomicBoolean reachable = new AtomicBoolean(true);
    private HttpServer server;
    private MinioObjectStore store;

    /** Has the bucket, and hangs up on whatever else is asked. */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (reachable.get() && exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            }
            exchange.close();
        });
        server.start();
        store = new MinioObjectStore(new ObjectStoreProperties(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                "bucket",
                "key",
                "secret"));
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @Test
    void storeThatHangsUp_isToldAsSuch_whateverIsAsked(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), CONTENT);
        Map<String, ThrowingCallable> calls = Map.of(
                "put", () -> store.put("a", CONTENT, "text/plain"),
                "put a file", () -> store.put("a", file, "text/plain"),
                "putIfAbsent", () -> store.putIfAbsent("a", CONTENT, "text/plain"),
                "get", () -> store.get("a", 1),
                "delete", () -> store.delete("a"),
                "copy", () -> store.copy("a", "b"),
                "list", () -> store.list("a").toList());

        calls.forEach((name, call) -> assertThatThrownBy(call).as(name).isInstanceOf(ObjectStoreException.class));
    }

    @Test
    void storeThatHangsUpBeforeTheBucketIsKnown_isToldAsSuch() {
        reachable.set(false);

        assertThatThrownBy(() -> store.put("a", CONTENT, "text/plain"))
                .isInstanceOfSatisfying(
                        ObjectStoreException.class,
                        e -> assertThat(e.getMessage())
                                .startsWith("cannot reach the bucket for bucket: ")
                                .doesNotContain("IllegalState"));
    }
}
