/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.awaitility.Awaitility.await;

import io.sandpiper.cli.SandpiperCommand;
import io.sandpiper.objectstore.ObjectStoreConfiguration;
import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A standalone that runs for a test, seen from outside: over HTTP and in its topics. */
final class Running implements AutoCloseable {

    static {
        // As main() does it: four contexts in one process must not configure logging four times.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    }

    private static final Path SHIPPED_MODELS = Path.of("..", "models").toAbsolutePath();

    /** What a busy server says in Retry-After. */
    private static final Duration AS_TOLD = Duration.ofSeconds(1);

    private static final Duration BUSY_LIMIT = Duration.ofSeconds(30);

    final Standalone standalone;
    private final HttpClient http = HttpClient.newHttpClient();

    private Running(Standalone standalone) {
        this.standalone = standalone;
    }

    static StandaloneSettings settings(Path data) {
        return settings(data, 2);
    }

    private static StandaloneSettings settings(Path data, int workers) {
        return new StandaloneSettings(data, 0, Ports.any(), Ports.any(), Ports.any(), true, workers, SHIPPED_MODELS);
    }

    static Running on(Path data) throws StandaloneException {
        return start(settings(data));
    }

    /** Takes pictures, and answers none. */
    static Running withoutWorkers(Path data) throws StandaloneException {
        return start(settings(data, 0));
    }

    /** One at a time: each has this machine for itself. */
    private static Running start(StandaloneSettings settings) throws StandaloneException {
        SharedStandalone.end();
        return new Running(Standalone.start(settings));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + standalone.port());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    /** Comes again, as the API asks for it, while this machine is too busy to let the request in. */
    Answer call(HttpRequest.Builder request) throws IOException, InterruptedException {
        Answer answer = callOnce(request);
        return answer.isOverloaded()
                ? await().atMost(BUSY_LIMIT)
                        .pollInterval(AS_TOLD)
                        .until(() -> callOnce(request), again -> !again.isOverloaded())
                : answer;
    }

    private Answer callOnce(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        HttpContract.check(response);
        return new Answer(response);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return call(request(path));
    }

    Answer submit(byte[] picture, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/v1/predictions?model=mnist")
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return call(request);
    }

    /** Answered, or pending after ten seconds. */
    Answer predict(String model, byte[] picture) throws IOException, InterruptedException {
        return call(request("/v1/predictions?model=" + model)
                .header("Content-Type", "image/png")
                .header("Prefer", "wait=10")
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture)));
    }

    /** One labelled picture, as a form. */
    Answer label(String model, String label, byte[] png) throws IOException, InterruptedException {
        byte[] head =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
        return call(request("/v1/models/" + model + "/training-images?label="
                        + URLEncoder.encode(label, StandardCharsets.UTF_8))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, png, tail))));
    }

    /** @param word JSON */
    Answer feedback(String id, String word) throws IOException, InterruptedException {
        return call(request("/v1/predictions/" + id + "/feedback")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(word)));
    }

    List<ConsumerRecord<byte[], byte[]>> records(Topic<?, ?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        LogReader.readToEnd(kafka(), topic, records::add);
        return records;
    }

    /** As any Kafka client does. */
    void publish(ProducerRecord<byte[], byte[]> record) throws InterruptedException, ExecutionException {
        try (var producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", standalone.kafka());
    }

    /**
     * A context with an {@link io.sandpiper.objectstore.ObjectStore} of what this instance has stored.
     *
     * @param data its folder
     */
    ConfigurableApplicationContext objectStore(Path data) throws IOException {
        return new SpringApplicationBuilder(ObjectStoreConfiguration.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--sandpiper.object-store.endpoint=" + standalone.s3(),
                        "--sandpiper.object-store.access-key=" + EmbeddedObjectStore.ACCESS_KEY,
                        "--sandpiper.object-store.secret-key=" + Files.readString(data.resolve("s3-secret-key")));
    }

    /** What the command line said. */
    record Ended(int exit, String output, String errors) {}

    /** As ./sandpiper does, against this instance. */
    Ended run(@Nullable String key, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = SandpiperCommand.commandLine(url(), key, standalone.kafka())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ended(exit, out.toString(), err.toString());
    }

    /** Not before everything that it said was held against its schemas. */
    @Override
    public void close() {
        try (standalone) {
            Topics.ALL.forEach(topic -> LogReader.readToEnd(kafka(), topic, MessageContract::check));
        }
    }

    /** An answer of the API, as JSON. */
    record Answer(HttpResponse<byte[]> response) {

        int status() {
            return response.statusCode();
        }

        boolean isOverloaded() {
            return status() == 503 && "overloaded".equals(get("code"));
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        Object get(String field) {
            return json().get(field);
        }

        Map<?, ?> json() {
            return Json.read(response.body(), Map.class);
        }
    }
}
