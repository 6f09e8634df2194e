/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sandpiper.schemas.Json;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are posted: whole, signed, until they arrive. */
class WebhookIT {

    private static final String SECRET = "a secret that both sides know";

    @TempDir
    private Path data;

    private record Received(String path, Map<String, List<String>> headers, byte[] body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();

    @Test
    void answer_isPosted_signed_untilItArrives() throws Exception {
        HttpServer receiver = receiver();
        String host = "localhost:" + receiver.getAddress().getPort();
        try (Running api = start(Map.of("hosts", host, "secret", SECRET, "allow-internal", "true"))) {
            String id =
                    String.valueOf(submit(api, "http://" + host + "/fails-once").get("id"));

            await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 2);
            for (Received post : received) {
                assertThat(post.headers().get("Webhook-id")).containsExactly(id);
                assertThat(post.headers().get("Webhook-signature"))
                        .containsExactly(signature(
                                id, post.headers().get("Webhook-timestamp").get(0), post.body()));
            }
            Map<?, ?> answer = Json.read(received.get(1).body(), Map.class);
            assertThat(answer.get("predictionId")).isEqualTo(id);
            assertThat(answer.get("state")).isEqualTo("PREDICTED");

            submit(api, "http://" + host + "/redirects");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> received.stream()
                                    .filter(r -> r.path().equals("/redirects"))
                                    .count()
                            == 2);
            assertThat(received).extracting(Received::path).doesNotContain("/elsewhere");
            assertThat(submit(api, "http://localhost:1/").get("code")).isEqualTo("invalid-callback");
        } finally {
            receiver.stop(0);
        }
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
        return server;
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        long before = received.stream().filter(r -> r.path().equals(path)).count();
        received.add(new Received(
                path, exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
        if (path.equals("/redirects")) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        int status = before > 0 ? 204 : path.equals("/redirects") ? 302 : 500;
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Settings of the API, as anybody may give them. */
    private Running start(Map<String, String> settings) throws StandaloneException {
        settings.forEach((name, value) -> System.setProperty("sandpiper.ingest.webhooks." + name, value));
        try {
            return Running.on(data);
        } finally {
            settings.keySet().forEach(name -> System.clearProperty("sandpiper.ingest.webhooks." + name));
        }
    }

    private static Running.Answer submit(Running api, String callback) throws Exception {
        return api.call(api.request(
                        "/v1/predictions?model=mnist&callback=" + URLEncoder.encode(callback, StandardCharsets.UTF_8))
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(DrawnDigits.png(5, 1))));
    }

    private static String signature(String id, String time, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
