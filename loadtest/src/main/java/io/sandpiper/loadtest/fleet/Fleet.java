/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.fleet;

import io.sandpiper.loadtest.load.LoadTestException;
import io.sandpiper.loadtest.load.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Sandpiper of its own, on free ports of this machine: broker, object store and training in one process, the API with
 * them where it is wanted, and each worker in a process of its own.
 */
public final class Fleet implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final String SERVES = "serves";

    private final Path launcher;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Launched> workers = new LinkedHashMap<>();
    private final Options options;
    private final Launched ground;

    /**
     * @param partitions of the topics of pictures
     * @param api whether there is one
     * @param workerSettings further settings of the workers, as environment variables
     */
    public record Options(int partitions, boolean api, Map<String, String> workerSettings) {}

    private Fleet(Path home, Path folder, Options options) {
        this.launcher = home.resolve("sandpiper");
        this.folder = folder;
        this.options = options;
        environment.put("SANDPIPER_DATA", folder.resolve("data").toString());
        for (String port :
                List.of("SANDPIPER_PORT", "SANDPIPER_KAFKA_PORT", "SANDPIPER_S3_PORT", "SANDPIPER_MANAGEMENT_PORT")) {
            environment.put(port, String.valueOf(freePort()));
        }
        environment.put("SANDPIPER_PARTITIONS", String.valueOf(options.partitions()));
        // What is measured has run for days elsewhere: both compilers.
        environment.put("SANDPIPER_JAVA_OPTS", "-XX:TieredStopAtLevel=4");
        Map<String, String> own = new HashMap<>(environment);
        own.put("SANDPIPER_WORKERS", "0");
        own.put("SANDPIPER_API", String.valueOf(options.api()));
        this.ground = Launched.start("ground", List.of(launcher.toString(), "up"), own, folder);
    }

    /**
     * Returns when it is up, without a worker yet.
     *
     * @param home the project's folder
     * @param folder for data and logs; new
     */
    public static Fleet start(Path home, Path folder, Options options) throws InterruptedException {
        Fleet fleet = new Fleet(home, folder, options);
        try {
            fleet.ground.await("is ready", START_LIMIT);
            return fleet;
        } catch (LoadTestException | InterruptedException e) {
            fleet.close();
            throw e;
        }
    }

    public Target target() {
        return new Target(
                "127.0.0.1:" + environment.get("SANDPIPER_KAFKA_PORT"),
                options.api() ? URI.create("http://127.0.0.1:" + environment.get("SANDPIPER_PORT")) : null,
                null);
    }

    /** Returns when they have their models. */
    public void startWorkers(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            launch("worker-" + (workers.size() + 1));
        }
        for (Launched worker : workers.values()) {
            worker.await(SERVES, START_LIMIT);
        }
    }

    /** Under the name it has, or had: its last one's open transaction ends. */
    public void startWorker(String name) throws InterruptedException {
        launch(name).await(SERVES, START_LIMIT);
    }

    public Launched worker(String name) {
        Launched worker = workers.get(name);
        if (worker == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return worker;
    }

    private Launched launch(String name) {
        Map<String, String> own = new HashMap<>(environment);
        own.putAll(options.workerSettings());
        Launched worker = Launched.start(name, List.of(launcher.toString(), "worker", name), own, folder);
        workers.put(name, worker);
        return worker;
    }

    /** Of all processes that run now. */
    public Duration cpu() {
        return workers.values().stream().map(Launched::cpu).reduce(ground.cpu(), Duration::plus);
    }

    @Override
    public void close() {
        workers.values().parallelStream().forEach(Launched::stop);
        ground.stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LoadTestException("There is no free port: " + e.getMessage());
        }
    }
}
