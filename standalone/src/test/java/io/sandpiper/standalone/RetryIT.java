/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come more than once, at two instances: one prediction for each key. */
class RetryIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration TAKEOVER = Duration.ofSeconds(60);

    @TempDir
    private static Path data;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void key_standsForOnePrediction() throws Exception {
        try (Running running = Running.on(data);
                ChildApi child = ChildApi.start(running, data)) {
            List<URI> both = List.of(running.url(), child.url());
            byte[] seven = DrawnDigits.png(7, 1);
            // The second one has taken over partitions of the first.
            await().atMost(SOON).until(() -> running.get("/v1/health").status() == 200);

            Set<String> ids = new HashSet<>();
            for (HttpResponse<byte[]> answer : inParallel(50, both, "at-once", seven)) {
                assertThat(answer.statusCode())
                        .as("503, while partitions move, means: unknown, send it again")
                        .isIn(202, 409, 503);
                if (answer.statusCode() == 202) {
                    ids.add(id(answer));
                }
            }
            assertThat(ids).as("50 at once").hasSize(1);

            HttpResponse<byte[]> again =
                    send(child.url(), "at-once", seven, "wait=10").join();
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(id(again)).isIn(ids);
            assertThat(Json.read(again.body(), Map.class).get("label")).isEqualTo("7");

            HttpResponse<byte[]> other =
                    send(running.url(), "at-once", DrawnDigits.png(1, 1), "").join();
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(Json.read(other.body(), Map.class).get("code")).isEqualTo("idempotency-key-reused");
            assertThat(send(running.url(), "with space", seven, "").join().statusCode())
                    .isEqualTo(400);

            child.kill();
            HttpResponse<byte[]> afterwards = await("an answer after an instance was killed")
                    .atMost(TAKEOVER)
                    .until(
                            () -> send(running.url(), "at-once", seven, "wait=1")
                                    .join(),
                            answer -> answer.statusCode() == 200);
            assertThat(id(afterwards)).isIn(ids);

            List<PredictionCompleted> answers = running.records(Topics.PREDICTIONS).stream()
                    .map(Topics.PREDICTIONS::value)
                    .toList();
            assertThat(answers).hasSize(1);
            assertThat(running.records(Topics.IMAGES)).hasSize(1);
        }
    }

    @Test
    void deadline_isATimeToCome(@TempDir Path other) throws Exception {
        try (Running running = Running.on(other)) {
            byte[] picture = DrawnDigits.png(3, 3);
            assertThat(running.submit(picture, "X-Deadline", "soon").get("code"))
                    .isEqualTo("invalid-deadline");
            assertThat(running.submit(
                                    picture,
                                    "X-Deadline",
                                    Instant.now().minusSeconds(1).toString())
                            .get("code"))
                    .isEqualTo("deadline-passed");
            assertThat(running.submit(
                                    picture,
                                    "X-Deadline",
                                    Instant.now().plusSeconds(60).toString(),
                                    "Prefer",
                                    "wait=10")
                            .get("label"))
                    .isEqualTo("3");
        }
    }

    private List<HttpResponse<byte[]>> inParallel(int count, List<URI> instances, String key, byte[] picture) {
        List<CompletableFuture<HttpResponse<byte[]>>> sent = IntStream.range(0, count)
                .mapToObj(i -> send(instances.get(i % instances.size()), key, picture, ""))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<HttpResponse<byte[]>> send(URI instance, String key, byte[] picture, String prefer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.resolve("/v1/predictions?model=mnist"))
                .header("Content-Type", "image/png")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture));
        if (!prefer.isEmpty()) {
            request.header("Prefer", prefer);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String id(HttpResponse<byte[]> answer) {
        return String.valueOf(Json.read(answer.body(), Map.class).get("id"));
    }
}
