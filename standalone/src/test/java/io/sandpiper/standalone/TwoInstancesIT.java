/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Json;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of the API: each answers for every id, and goes on doing so when the other is killed. */
class TwoInstancesIT {

    /** How many pictures; more of them for a measurement: {@code -Dsandpiper.test.pictures=10000}. */
    private static final int PICTURES = Integer.getInteger("sandpiper.test.pictures", 1_000);

    private static final int IN_FLIGHT = 32;
    private static final Duration TAKEOVER = Duration.ofSeconds(60);

    @TempDir
    private static Path data;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void anyInstance_answersForAnyId_alsoWhenTheOtherIsKilled() throws Exception {
        try (Running running = Running.on(data);
                ChildApi child = ChildApi.start(running, data)) {
            List<URI> both = List.of(running.url(), child.url());
            Map<String, Integer> digits = submit(both);
            assertThat(digits).hasSize(PICTURES);

            Map<String, String> answers = new HashMap<>();
            Map<Integer, Integer> statuses = poll(both, digits, answers);

            assertThat(answers).hasSize(PICTURES);
            assertThat(statuses).doesNotContainKeys(404, 410, 500);
            digits.forEach((id, digit) -> assertThat(answers.get(id)).isEqualTo(String.valueOf(digit)));
            assertThat(internal(child.url(), digits.keySet().iterator().next()))
                    .as("what instances tell each other is told to nobody else")
                    .isEqualTo(404);

            child.kill();
            Map<String, String> afterwards = new HashMap<>();
            Map<Integer, Integer> takeover = poll(List.of(running.url()), digits, afterwards);

            assertThat(afterwards).isEqualTo(answers);
            assertThat(takeover).containsOnlyKeys(keysOf(takeover, 200, 202, 503));
            assertThat(takeover).as("the killed one had partitions").containsKey(503);
        }
    }

    private static Integer[] keysOf(Map<Integer, Integer> statuses, Integer... allowed) {
        return List.of(allowed).stream().filter(statuses::containsKey).toArray(Integer[]::new);
    }

    private int internal(URI url, String id) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(url.resolve("/internal/predictions/" + id + "?waitMillis=0&stale=false"))
                                .header("X-Sandpiper-Peer", "guess")
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Submits every picture; what an instance is too busy for is submitted again after the time that it asks for. */
    private Map<String, Integer> submit(List<URI> instances) throws Exception {
        Map<String, Integer> digits = new ConcurrentHashMap<>();
        Queue<String> unexpected = new ConcurrentLinkedQueue<>();
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < PICTURES; i++) {
            int digit = i % 10;
            URI url = instances.get(i % instances.size()).resolve("/v1/predictions?model=mnist");
            inFlight.acquire();
            var unused = submit(url, DrawnDigits.png(digit, 100))
                    .thenAccept(answer -> {
                        if (answer.statusCode() == 202) {
                            digits.put(
                                    String.valueOf(
                                            Json.read(answer.body(), Map.class).get("id")),
                                    digit);
                        } else {
                            unexpected.add(answer.statusCode() + " " + new String(answer.body(), UTF_8));
                        }
                    })
                    .whenComplete((done, e) -> {
                        if (e != null) {
                            unexpected.add(String.valueOf(e));
                        }
                        inFlight.release();
                    });
        }
        inFlight.acquire(IN_FLIGHT);
        assertThat(unexpected).isEmpty();
        return digits;
    }

    private CompletableFuture<HttpResponse<byte[]>> submit(URI url, byte[] picture) {
        return http.sendAsync(
                        HttpRequest.newBuilder(url)
                                .header("Content-Type", "image/png")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .thenCompose(answer -> {
                    if (answer.statusCode() != 503) {
                        return CompletableFuture.completedFuture(answer);
                    }
                    long seconds =
                            answer.headers().firstValueAsLong("Retry-After").orElseThrow();
                    return CompletableFuture.supplyAsync(
                                    () -> picture, CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS))
                            .thenCompose(again -> submit(url, again));
                });
    }

    /** Asks for every id, at one instance after the other, until all are final. */
    private Map<Integer, Integer> poll(List<URI> instances, Map<String, Integer> ids, Map<String, String> answers)
            throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        AtomicInteger asked = new AtomicInteger();
        List<String> open = new ArrayList<>(ids.keySet());
        Instant limit = Instant.now().plus(TAKEOVER);
        while (!open.isEmpty() && Instant.now().isBefore(limit)) {
            Semaphore inFlight = new Semaphore(IN_FLIGHT);
            for (String id : open) {
                inFlight.acquire();
                URI instance = instances.get(asked.getAndIncrement() % instances.size());
                var unused = http.sendAsync(
                                HttpRequest.newBuilder(instance.resolve("/v1/predictions/" + id))
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .thenAccept(answer -> {
                            synchronized (statuses) {
                                statuses.merge(answer.statusCode(), 1, Integer::sum);
                                if (answer.statusCode() == 200) {
                                    answers.put(
                                            id,
                                            String.valueOf(Json.read(answer.body(), Map.class)
                                                    .get("label")));
                                }
                            }
                        })
                        .whenComplete((answer, e) -> inFlight.release());
            }
            inFlight.acquire(IN_FLIGHT);
            open.removeAll(answers.keySet());
        }
        await().until(open::isEmpty);
        return statuses;
    }
}
