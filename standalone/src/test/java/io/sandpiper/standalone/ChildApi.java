/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instance of the API in a process of its own, beside a running standalone. */
final class ChildApi implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private ChildApi(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param data of the standalone */
    static ChildApi start(Running running, Path data, String... more) throws IOException {
        int port = Ports.any();
        Path log = data.resolve("api-" + port + ".log");
        ChildApi api = new ChildApi(process(running, data, log, port, more), port);
        await("the API in a process of its own; its log: " + log)
                .atMost(READY_LIMIT)
                .until(api::isReady);
        return api;
    }

    static Process process(Running running, Path data, Path log, int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=" + port,
                "--management.server.port=" + Ports.any(),
                "--sandpiper.ingest.state-dir=" + data.resolve("streams-" + port)));
        arguments.addAll(List.of(more));
        return ChildService.start(
                running, data, log, "io.sandpiper.ingest.IngestApiApplication", arguments.toArray(String[]::new));
    }

    int get(String path, @Nullable String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** As by kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/v1/health", null) == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
