/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow on purpose, or go away in the middle. */
class ConnectionsIT {

    private static final String CONNECTIONS = "sandpiper.ingest.connections.";
    private static final int SOCKETS = 200;
    private static final int UPLOADS = 4_000;

    @TempDir
    static Path data;

    private static Running running;

    @BeforeAll
    static void start() throws StandaloneException {
        System.setProperty(CONNECTIONS + "head-timeout", "2s");
        System.setProperty(CONNECTIONS + "body-timeout", "3s");
        running = Running.on(data);
    }

    @AfterAll
    static void stop() {
        System.clearProperty(CONNECTIONS + "head-timeout");
        System.clearProperty(CONNECTIONS + "body-timeout");
        running.close();
    }

    @Test
    void clientsThatTrickle_areCutOff_andOthersAreServedMeanwhile() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(send("POST /v1/predictions?model=mnist HTTP/1.1\r\n"));
            sockets.add(send(head(10 << 20)));
        }
        assertThat(running.submit(DrawnDigits.png(7, 1)).status()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    sockets.removeIf(ConnectionsIT::isClosed);
                    assertThat(sockets).isEmpty();
                });
        assertThat(running.submit(DrawnDigits.png(7, 2)).status()).isEqualTo(202);
    }

    @Test
    void uploadsThatBreakOff_leaveNothing() throws Exception {
        List<String> leaks = new CopyOnWriteArrayList<>();
        ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
        int published = running.records(Topics.IMAGES).size();
        ExecutorService clients = Executors.newFixedThreadPool(50);
        try {
            List<Future<?>> broken = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                int kind = i % 2 * 2;
                broken.add(clients.submit(() -> {
                    breakOff(kind);
                    return null;
                }));
            }
            for (Future<?> one : broken) {
                one.get();
            }
            // What was forgotten is found when the collector comes upon it and the next buffer is asked for.
            for (int i = 0; i < 5; i++) {
                System.gc();
                // Counting every buffer makes the server slow; it may say so, but not that its memory is all given out.
                await().until(() -> {
                    Running.Answer answer = running.submit(DrawnDigits.png(7, 3));
                    assertThat(answer.get("code")).isNotEqualTo("busy");
                    return answer.status() == 202;
                });
            }
        } finally {
            clients.shutdown();
            ByteBufUtil.setLeakListener(null);
            ResourceLeakDetector.setLevel(before);
        }

        assertThat(leaks).isEmpty();
        assertThat(running.records(Topics.IMAGES)).hasSize(published + 5);
        try (Stream<Path> left = Files.walk(Path.of(System.getProperty("java.io.tmpdir")), 2)) {
            assertThat(left.filter(p -> p.getFileName().toString().matches("\\d+\\.multipart")))
                    .isEmpty();
        }
    }

    /** Half a picture; half a form, whose file is large enough for the disk; half an archive. */
    private static void breakOff(int kind) throws IOException {
        String request = switch (kind % 3) {
            case 0 -> head(2 << 20);
            case 1 ->
                "POST /v1/predictions/batch?model=mnist HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n"
                        + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data;"
                        + " name=\"file\"; filename=\"a.png\"\r\n\r\n";
            default ->
                "POST /v1/bulk?model=mnist HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n"
                        + "Content-Type: application/zip\r\n\r\nPK\u0003\u0004";
        };
        try (Socket socket = send(request)) {
            socket.getOutputStream().write(new byte[1 << 19]);
        } catch (IOException e) {
            // Refused before it broke off: nothing is to be left of that, either.
        }
    }

    private static String head(int bytes) {
        return "POST /v1/predictions?model=mnist HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: "
                + bytes + "\r\n\r\n";
    }

    private static Socket send(String bytes) throws IOException {
        Socket socket = new Socket(running.url().getHost(), running.url().getPort());
        OutputStream out = socket.getOutputStream();
        out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    /** One more byte: after the connection is closed, the second one does not arrive. */
    private static boolean isClosed(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
