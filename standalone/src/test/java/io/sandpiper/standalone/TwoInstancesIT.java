/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.StoredObject;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topics;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the API: each answers for every id, and goes on doing so when the other is killed. Both look into the
 * bucket.
 */
@TestMethodOrder(OrderAnnotation.class)
class TwoInstancesIT {

    /** How many pictures; more of them for a measurement: {@code -Dsandpiper.test.pictures=10000}. */
    private static final int PICTURES = Integer.getInteger("sandpiper.test.pictures", 600);

    private static final int IN_FLIGHT = 32;
    private static final Duration TAKEOVER = Duration.ofSeconds(60);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "at-once";
    private static final int DROPPED = 60;
    private static final Map<String, String> LOOKING_INTO_THE_BUCKET =
            Map.of("sandpiper.ingest.inbox.enabled", "true", "sandpiper.ingest.inbox.every", "200ms");

    @TempDir
    private static Path data;

    private static Running running;
    private static ChildApi child;

    /** Prediction id to what was drawn, and to what was answered. */
    private static final Map<String, Integer> digits = new HashMap<>();

    private static final Map<String, String> answers = new HashMap<>();

    /** The prediction of the idempotency key. */
    private static String keyed = "";

    @BeforeAll
    static void startBoth() throws Exception {
        LOOKING_INTO_THE_BUCKET.forEach(System::setProperty);
        try {
            running = Running.on(data);
        } finally {
            LOOKING_INTO_THE_BUCKET.keySet().forEach(System::clearProperty);
        }
        String[] same = LOOKING_INTO_THE_BUCKET.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        child = ChildApi.start(running, data, same);
    }

    @AfterAll
    static void stopBoth() {
        child.close();
        running.close();
    }

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @Order(1)
    void key_standsForOnePrediction_atWhicheverInstance() throws Exception {
        List<URI> both = both();
        byte[] seven = DrawnDigits.png(7, 1);
        // The second one has taken over partitions of the first.
        await().atMost(SOON).until(() -> running.get("/v1/health").status() == 200);

        Set<String> ids = new HashSet<>();
        for (HttpResponse<byte[]> answer : inParallel(50, both, KEY, seven)) {
            assertThat(answer.statusCode())
                    .as("503, while partitions move, means: unknown, send it again")
                    .isIn(202, 409, 503);
            if (answer.statusCode() == 202) {
                ids.add(id(answer));
            }
        }
        assertThat(ids).as("50 at once").hasSize(1);

        HttpResponse<byte[]> again = send(child.url(), KEY, seven, "wait=10").join();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(id(again)).isIn(ids);
        assertThat(Json.read(again.body(), Map.class).get("label")).isEqualTo("7");

        HttpResponse<byte[]> other =
                send(running.url(), KEY, DrawnDigits.png(1, 1), "").join();
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Json.read(other.body(), Map.class).get("code")).isEqualTo("idempotency-key-reused");
        assertThat(send(running.url(), "with space", seven, "").join().statusCode())
                .isEqualTo(400);
        keyed = id(again);
        assertThat(running.records(Topics.PREDICTIONS)).hasSize(1);
        assertThat(running.records(Topics.IMAGES)).hasSize(1);
    }

    @Test
    @Order(2)
    void anyInstance_answersForAnyId() throws Exception {
        digits.putAll(submit(both()));
        assertThat(digits).hasSize(PICTURES);

        Map<Integer, Integer> statuses = poll(both(), digits, answers);

        assertThat(answers).hasSize(PICTURES);
        assertThat(statuses).doesNotContainKeys(404, 410, 500);
        digits.forEach((id, digit) -> assertThat(answers.get(id)).isEqualTo(String.valueOf(digit)));
        assertThat(internal(child.url(), digits.keySet().iterator().next()))
                .as("what instances tell each other is told to nobody else")
                .isEqualTo(404);
    }

    @Test
    @Order(3)
    void picturesInTheBucket_arePickedUpOnce_andToldOf() throws Exception {
        int singles = running.records(Topics.IMAGES).size();
        try (var context = running.objectStore(data)) {
            ObjectStore store = context.getBean(ObjectStore.class);
            for (int i = 0; i < DROPPED; i++) {
                store.put("inbox/mnist/day 1/%02d.png".formatted(i), DrawnDigits.png(i % 10, i), "image/png");
            }
            store.put("inbox/mnist/broken.png", new byte[] {1, 2, 3}, "image/png");
            store.put("inbox/unicorns/1.png", DrawnDigits.png(1, 1), "image/png");

            await().atMost(TAKEOVER)
                    .untilAsserted(() -> assertThat(keys(store, "inbox/")).containsExactly("inbox/unicorns/1.png"));

            assertThat(running.records(Topics.IMAGES_BULK))
                    .as("each exactly once")
                    .hasSize(DROPPED);
            assertThat(running.records(Topics.IMAGES)).hasSize(singles);
            assertThat(keys(store, "inbox-done/")).hasSize(2 * DROPPED);
            for (int i = 0; i < DROPPED; i += 7) {
                Map<?, ?> receipt = Json.read(
                        store.get("inbox-done/mnist/day 1/%02d.png.json".formatted(i), 1000)
                                .orElseThrow(),
                        Map.class);
                Running.Answer answer = running.get("/v1/predictions/" + receipt.get("predictionId") + "?wait=20");
                assertThat(answer.get("label")).isEqualTo(String.valueOf(i % 10));
            }
            assertThat(keys(store, "inbox-refused/"))
                    .containsExactly("inbox-refused/mnist/broken.png", "inbox-refused/mnist/broken.png.json");
        }
    }

    private static List<String> keys(ObjectStore store, String prefix) {
        return store.list(prefix).map(StoredObject::key).toList();
    }

    @Test
    @Order(4)
    void oneThatIsLeft_answersForAllIds_andKnowsTheKeys() throws Exception {
        child.kill();
        Map<String, String> afterwards = new HashMap<>();
        Map<Integer, Integer> takeover = poll(List.of(running.url()), digits, afterwards);

        assertThat(afterwards).isEqualTo(answers);
        assertThat(takeover).containsOnlyKeys(keysOf(takeover, 200, 202, 503));
        assertThat(takeover).as("the killed one had partitions").containsKey(503);
        HttpResponse<byte[]> again = await("an answer after an instance was killed")
                .atMost(TAKEOVER)
                .until(
                        () -> send(running.url(), KEY, DrawnDigits.png(7, 1), "wait=1")
                                .join(),
                        answer -> answer.statusCode() == 200);
        assertThat(id(again)).isEqualTo(keyed);
    }

    private static List<URI> both() {
        return List.of(running.url(), child.url());
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
