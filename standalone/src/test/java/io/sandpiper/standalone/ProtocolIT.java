/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests as no client of ours sends them: answered in kind, and never with a 500. */
class ProtocolIT extends SharedStandalone {

    private static final String BOUNDARY = "a-boundary";
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void batch_isAnsweredFileByFile_inOrder() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int digit = 0; digit < 5; digit++) {
            part(body, digit + ".png", DrawnDigits.png(digit, 9));
        }
        part(body, "text.png", "hello".getBytes(StandardCharsets.UTF_8));
        part(body, "large.png", new byte[10 * MEBIBYTE + 1]);
        part(body, "7\"\u00e9.png", DrawnDigits.png(7, 9));

        Running.Answer answer = multipart("/v1/predictions/batch?model=mnist", body);

        assertThat(answer.status()).isEqualTo(202);
        List<?> files = Json.read(answer.response().body(), List.class);
        assertThat(files).hasSize(8);
        for (int i : new int[] {0, 1, 2, 3, 4, 7}) {
            Map<?, ?> file = (Map<?, ?>) files.get(i);
            assertThat(file.get("state")).isEqualTo("PENDING");
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            running.get("/v1/predictions/" + file.get("id")).status() == 200);
            assertThat(running.get("/v1/predictions/" + file.get("id")).get("label"))
                    .isEqualTo(String.valueOf(i));
        }
        assertThat(((Map<?, ?>) files.get(5)).get("state")).isEqualTo("REJECTED");
        assertThat(String.valueOf(files.get(5))).contains("not-an-image");
        assertThat(String.valueOf(files.get(6))).contains("image-too-large").contains("large.png");
    }

    @Test
    void bodyAboveTheLimit_isRefused_withOrWithoutItsLength() throws Exception {
        byte[] large = new byte[11 * MEBIBYTE];
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(large),
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(large)))) {
            Running.Answer answer = running.call(running.request("/v1/predictions?model=mnist")
                    .header("Content-Type", "image/png")
                    .POST(body));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.get("code")).isEqualTo("image-too-large");
        }
    }

    @Test
    void formAboveTheLimit_isRefused_asAWhole() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < 7; i++) {
            part(body, i + ".png", new byte[10 * MEBIBYTE]);
        }

        Running.Answer answer = multipart("/v1/predictions/batch?model=mnist", body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.get("code")).isEqualTo("form-too-large");
        assertThat(answer.get("detail").toString()).contains("67108864 bytes");
    }

    @Test
    void strangeRequests_areAnsweredInKind() throws Exception {
        assertThat(raw("GET /v1/models/" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isIn(400, 404, 414);
        assertThat(raw("BREW /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")).isIn(400, 404, 405, 501);
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "x".repeat(MEBIBYTE) + "\r\n\r\n"))
                .isIn(400, 413, 431);
        assertThat(raw("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + "X-Many: 1\r\n".repeat(1_000) + "\r\n"))
                .isIn(200, 400, 413, 431);
        assertThat(raw("GET /v1/predictions/%00%0d%0aX HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .isIn(400, 404);
        assertThat(raw("POST /v1/predictions?model=mnist HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                        + "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .as("two lengths: a smuggled request")
                .isIn(400, 411);
        for (String type : List.of("text/html", "application/json", "image/png; q=\u0001", "nonsense", "*/*")) {
            assertThat(running.call(running.request("/v1/bulk?model=unicorns")
                                    .POST(HttpRequest.BodyPublishers.noBody()))
                            .status())
                    .isEqualTo(404);
            assertThat(raw("POST /v1/predictions?model=mnist HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                            + "\r\nContent-Length: 2\r\n\r\nhi"))
                    .as(type)
                    .isIn(400, 415);
        }
        assertThat(running.get("/v1/health").status()).isEqualTo(200);
    }

    @Test
    void strangeForms_areRefused_andLeaveNothingBehind() throws Exception {
        int published = running.records(Topics.IMAGES).size();
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            many.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"x" + i + "\"\r\n\r\n1\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(multipart("/v1/predictions/batch?model=mnist", many).status())
                .isIn(400, 413);

        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        headers.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"\r\nX: "
                        + "x".repeat(MEBIBYTE) + "\r\n\r\n1\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(multipart("/v1/predictions/batch?model=mnist", headers).status())
                .isIn(400, 413);

        for (String body : List.of(
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nnever ends",
                "no boundary at all",
                "")) {
            Running.Answer answer = running.call(running.request("/v1/predictions/batch?model=mnist")
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
            assertThat(answer.status()).as(body).isEqualTo(400);
        }
        assertThat(running.call(running.request("/v1/predictions/batch?model=mnist")
                                .header("Content-Type", "multipart/form-data; boundary=" + "b".repeat(10_000))
                                .POST(HttpRequest.BodyPublishers.ofString("--b")))
                        .status())
                .isIn(400, 413, 431);

        assertThat(running.records(Topics.IMAGES)).hasSize(published);
        try (Stream<Path> left = Files.walk(Path.of(System.getProperty("java.io.tmpdir")), 2)) {
            assertThat(left.filter(p -> p.getFileName().toString().matches("\\d+\\.multipart")))
                    .isEmpty();
        }
    }

    private static void part(ByteArrayOutputStream body, String name, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name.replace("\"", "%22") + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Running.Answer multipart(String path, ByteArrayOutputStream body) throws Exception {
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return running.call(running.request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** The status; 400 when the connection is closed without one. */
    private static int raw(String request) throws IOException {
        try (Socket socket = new Socket(running.url().getHost(), running.url().getPort())) {
            socket.setSoTimeout(10_000);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException e) {
                // It has heard enough; what it says stands in what can be read.
            }
            byte[] line = socket.getInputStream().readNBytes(12);
            return line.length < 12 ? 400 : Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
        } catch (java.net.SocketException e) {
            return 400;
        }
    }
}
