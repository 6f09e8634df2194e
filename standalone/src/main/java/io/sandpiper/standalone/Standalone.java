/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import io.sandpiper.dashboard.DashboardApplication;
import io.sandpiper.inference.InferenceWorkerApplication;
import io.sandpiper.inference.consume.ImageConsumer;
import io.sandpiper.ingest.IngestApiApplication;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.training.TrainingWorkerApplication;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * Starts broker, object store and services in this process, and stops them in the opposite order. The services are
 * those of the fleet, each in an application context of its own; API and dashboard share one, and so a port.
 */
final class Standalone implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);

    private static final Duration READY_LIMIT = Duration.ofMinutes(1);
    private static final Duration READY_POLL = Duration.ofMillis(50);

    private final StandaloneSettings settings;
    private final DataFolder data;
    private final int port;
    private final int managementPort;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<ConfigurableApplicationContext> workers = new ArrayList<>();
    private final Map<String, Object> addresses = new HashMap<>();
    private @Nullable ConfigurableApplicationContext web;
    private @Nullable ConfigurableApplicationContext training;

    private Standalone(StandaloneSettings settings, DataFolder data, int port, int managementPort) {
        this.settings = settings;
        this.data = data;
        this.port = port;
        this.managementPort = managementPort;
        started.push(data);
    }

    /** Returns when everything is started and the workers have their models. */
    static Standalone start(StandaloneSettings settings) throws StandaloneException {
        DataFolder data = DataFolder.open(settings.data());
        try {
            int port = Ports.require(settings.port(), "SANDPIPER_PORT");
            int kafkaPort = Ports.choose(settings.kafkaPort(), 9092, "SANDPIPER_KAFKA_PORT");
            int managementPort = Ports.choose(settings.managementPort(), 8081, "SANDPIPER_MANAGEMENT_PORT");
            int s3Port = Ports.choose(settings.s3Port(), 9000, "SANDPIPER_S3_PORT");
            Standalone standalone = new Standalone(settings, data, port, managementPort);
            try {
                standalone.startGround(kafkaPort, s3Port);
                standalone.startServices();
                standalone.awaitReady();
                return standalone;
            } catch (Exception e) {
                standalone.close();
                LOG.error("Standalone could not start", e);
                throw new StandaloneException("Sandpiper could not start: " + rootMessage(e), e);
            }
        } catch (StandaloneException e) {
            closeQuietly(data);
            throw e;
        }
    }

    int port() {
        return port;
    }

    int managementPort() {
        return managementPort;
    }

    String kafka() {
        return String.valueOf(addresses.get("spring.kafka.bootstrap-servers"));
    }

    String s3() {
        return String.valueOf(addresses.get("sandpiper.object-store.endpoint"));
    }

    /** Stops one worker while the others go on; its pictures go to them. */
    void stopWorker(int number) {
        workers.get(number - 1).close();
    }

    /** Starts it again under its old name. */
    void restartWorker(int number) throws IOException {
        workers.set(number - 1, startWorker(number));
    }

    /** A training that is under way is left for the next. */
    void stopTraining() {
        if (training != null) {
            training.close();
        }
    }

    void restartTraining() throws IOException {
        restartTraining(Map.of());
    }

    /** @param more settings, beside its own */
    void restartTraining(Map<String, Object> more) throws IOException {
        training = startTraining(more);
    }

    /** Newest first: the API, so that nothing more comes in, the other services, then what they stand on. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            closeQuietly(started.pop());
        }
    }

    private void closeWorkers() {
        workers.stream()
                .map(worker -> CompletableFuture.runAsync(worker::close))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private void startGround(int kafkaPort, int s3Port) throws Exception {
        String secret = data.secret("s3-secret-key");
        CompletableFuture<EmbeddedObjectStore> store =
                async(() -> EmbeddedObjectStore.start(data.folder("objects"), s3Port, secret));
        EmbeddedBroker broker = EmbeddedBroker.start(data.folder("kafka"), kafkaPort);
        started.push(broker);
        EmbeddedObjectStore objects = store.join();
        started.push(objects);
        addresses.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        addresses.put("sandpiper.object-store.endpoint", objects.endpoint());
        addresses.put("sandpiper.object-store.access-key", EmbeddedObjectStore.ACCESS_KEY);
        addresses.put("sandpiper.object-store.secret-key", secret);
    }

    /** In parallel: each waits for Kafka most of its time. */
    private void startServices() throws IOException {
        CompletableFuture<ConfigurableApplicationContext> webStarting = settings.api() ? async(this::startWeb) : null;
        List<CompletableFuture<ConfigurableApplicationContext>> starting = new ArrayList<>();
        for (int number = 1; number <= settings.workers(); number++) {
            int worker = number;
            starting.add(async(() -> startWorker(worker)));
        }
        CompletableFuture<ConfigurableApplicationContext> trainingStarting = async(() -> startTraining(Map.of()));
        training = trainingStarting.join();
        started.push(this::stopTraining);
        started.push(this::closeWorkers);
        starting.forEach(w -> workers.add(w.join()));
        if (webStarting != null) {
            web = webStarting.join();
            started.push(web);
        }
    }

    /** Ready is: the API can look up answers, and wherever there is a model to answer with, pictures are answered. */
    private void awaitReady() throws StandaloneException, InterruptedException {
        Instant limit = Instant.now().plus(READY_LIMIT);
        boolean awaitWorkers = !workers.isEmpty() && isAnyModel(workers.get(0));
        while (!(isWebReady() && (!awaitWorkers || isAnyConsuming()))) {
            if (Instant.now().isAfter(limit)) {
                throw new StandaloneException(
                        "Not ready after %d s; the log says why.".formatted(READY_LIMIT.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(READY_POLL.toMillis());
        }
    }

    private static boolean isAnyModel(ConfigurableApplicationContext worker) throws InterruptedException {
        ModelRegistryReader registry = worker.getBean(ModelRegistryReader.class);
        registry.awaitCaughtUp(Instant.now(), READY_LIMIT);
        return registry.current().models().values().stream().anyMatch(m -> m.champion() != null);
    }

    private boolean isWebReady() {
        return web == null || web.getBean(Results.class).isReady();
    }

    private boolean isAnyConsuming() {
        return workers.stream().anyMatch(w -> w.getBean(ImageConsumer.class).isConsuming());
    }

    private ConfigurableApplicationContext startWeb() throws IOException {
        String state = data.folder("streams").toString();
        return run(
                new SpringApplicationBuilder(IngestApiApplication.class, DashboardApplication.class)
                        .beanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE)
                        .properties("spring.config.name=ingest-api,dashboard"),
                Map.of(
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        port,
                        "management.server.port",
                        managementPort,
                        "spring.application.name",
                        "ingest-api+dashboard",
                        "spring.kafka.client-id",
                        "ingest-api",
                        "sandpiper.ingest.advertised",
                        "localhost:" + port,
                        "sandpiper.ingest.model-upload",
                        true,
                        "sandpiper.ingest.state-dir",
                        state,
                        "sandpiper.dashboard.state-dir",
                        state));
    }

    private ConfigurableApplicationContext startTraining(Map<String, Object> more) throws IOException {
        Map<String, Object> own = new HashMap<>();
        own.put("sandpiper.training.seed-models", settings.seedModels().toString());
        own.put("sandpiper.training.signing-key", data.signingKey());
        own.putAll(more);
        return run(TrainingWorkerApplication.application(), own);
    }

    private ConfigurableApplicationContext startWorker(int number) throws IOException {
        return run(
                InferenceWorkerApplication.application(),
                Map.of(
                        "sandpiper.inference.worker-id",
                        "worker-" + number,
                        "sandpiper.inference.verify-key",
                        data.verifyKey()));
    }

    private ConfigurableApplicationContext run(SpringApplicationBuilder application, Map<String, Object> own) {
        List<String> arguments = new ArrayList<>();
        addresses.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        own.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return application.registerShutdownHook(false).run(arguments.toArray(String[]::new));
    }

    private static <T> CompletableFuture<T> async(Callable<T> start) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                result.complete(start.call());
                            } catch (Exception | LinkageError | OutOfMemoryError e) {
                                result.completeExceptionally(e);
                            }
                        },
                        "start")
                .start();
        return result;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.warn("Could not be stopped: {}", closeable, e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage() == null ? root : root.getMessage());
    }
}
