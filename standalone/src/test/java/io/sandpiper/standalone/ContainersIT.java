/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import io.sandpiper.inference.InferenceWorkerApplication;
import io.sandpiper.ingest.IngestApiApplication;
import io.sandpiper.schemas.Json;
import io.sandpiper.testsupport.DrawnDigits;
import io.sandpiper.training.TrainingWorkerApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** The services on what docker-compose.yml has them stand on: Kafka's own image, and MinIO. */
class ContainersIT {

    private static final String KAFKA = "apache/kafka:4.2.1";
    private static final String MINIO = "sandpiper-minio:2026-02-12";
    private static final String SECRET = "a-secret-for-this-test";
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void requireDocker() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "skipped: no Docker engine answers");
        for (String image : List.of(KAFKA, MINIO)) {
            assumeTrue(isThere(image), "skipped: pull or build %s first (docker compose build minio)".formatted(image));
        }
    }

    @Test
    void labelledModel_isImported_loadedAndAnswersPictures(@TempDir Path data) throws Exception {
        try (KafkaContainer kafka = new KafkaContainer(KAFKA)
                        .withEnv("KAFKA_MESSAGE_MAX_BYTES", "12582912")
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
                GenericContainer<?> minio = new GenericContainer<>(MINIO)
                        .withExposedPorts(9000)
                        .withEnv("MINIO_ROOT_USER", "sandpiper")
                        .withEnv("MINIO_ROOT_PASSWORD", SECRET)
                        .waitingFor(Wait.forHttp("/minio/health/ready"))) {
            kafka.start();
            minio.start();
            List<String> ground = List.of(
                    "--spring.kafka.bootstrap-servers=" + kafka.getBootstrapServers(),
                    "--sandpiper.object-store.endpoint=http://%s:%d"
                            .formatted(minio.getHost(), minio.getMappedPort(9000)),
                    "--sandpiper.object-store.access-key=sandpiper",
                    "--sandpiper.object-store.secret-key=" + SECRET);
            Path verifyKey = data.resolve("verify-key.pem");
            int port = Ports.any();
            try (ConfigurableApplicationContext training = start(
                            TrainingWorkerApplication.application(),
                            ground,
                            "--sandpiper.training.seed-models=" + Path.of("..", "models"),
                            "--sandpiper.training.signing-key=" + data.resolve("signing-key.pem"),
                            "--sandpiper.training.verify-key=" + verifyKey);
                    ConfigurableApplicationContext worker = start(
                            InferenceWorkerApplication.application(),
                            ground,
                            "--sandpiper.inference.worker-id=w-1",
                            "--sandpiper.inference.verify-key=" + verifyKey);
                    ConfigurableApplicationContext api = start(
                            new SpringApplicationBuilder(IngestApiApplication.class)
                                    .properties("spring.config.name=ingest-api"),
                            ground,
                            "--server.port=" + port,
                            "--management.server.port=" + Ports.any(),
                            "--sandpiper.ingest.state-dir=" + data.resolve("streams"))) {
                assertThat(List.of(training.isRunning(), worker.isRunning(), api.isRunning()))
                        .containsOnly(true);

                await().atMost(START).untilAsserted(() -> {
                    HttpResponse<byte[]> answer = predict(port, 7);
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(Json.read(answer.body(), Map.class).get("label")).isEqualTo("7");
                });
            }
        }
    }

    private static boolean isThere(String image) {
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static ConfigurableApplicationContext start(
            SpringApplicationBuilder application, List<String> ground, String... own) {
        List<String> arguments = new ArrayList<>(ground);
        arguments.addAll(List.of(own));
        return application.registerShutdownHook(false).run(arguments.toArray(String[]::new));
    }

    private HttpResponse<byte[]> predict(int port, int digit) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/predictions?model=mnist".formatted(port)))
                        .header("Content-Type", "image/png")
                        .header("Prefer", "wait=10")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(DrawnDigits.png(digit, 3)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
