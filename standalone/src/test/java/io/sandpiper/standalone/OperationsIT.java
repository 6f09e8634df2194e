/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sandpiper.loadtest.LoadTestCommand;
import io.sandpiper.loadtest.load.Target;
import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
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
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever runs it sees, and what nobody else does. */
class OperationsIT extends SharedStandalone {

    private static final String LISTENING = "0A";
    private static final String LOOPBACK = "0100007F";
    private static final String LOOPBACK_IN_V6 = "0000000000000000FFFF00000100007F";

    @Test
    void healthAndMetrics_haveAPortOfTheirOwn_andNothingElseIsThere() throws Exception {
        running.submit(DrawnDigits.png(3, 1), "Prefer", "wait=10");

        assertThat(management("/actuator/health").body()).contains("UP");
        assertThat(management("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(management("/actuator/prometheus").body())
                .contains("http_server_requests_seconds_count", "uri=\"/v1/predictions\"", "jvm_memory_used_bytes");
        for (String closed : List.of("env", "heapdump", "loggers", "beans", "configprops", "threaddump", "shutdown")) {
            assertThat(management("/actuator/" + closed).statusCode())
                    .as(closed)
                    .isEqualTo(404);
        }
        assertThat(running.get("/actuator/health").status()).isEqualTo(404);
        assertThat(running.get("/actuator/prometheus").status()).isEqualTo(404);
    }

    /** A panel that asks for a metric of another name stays empty, and nobody knows why. */
    @Test
    void grafanaDashboard_asksForMetricsThatThereAre() throws Exception {
        Object id = running.submit(DrawnDigits.png(3, 2), "Prefer", "wait=10").get("id");
        running.feedback(String.valueOf(id), "{\"label\": \"3\"}");
        DriftMeasured.Figure figure = new DriftMeasured.Figure(DriftMeasured.Measure.CLASSES, 0.01, 0.25);
        running.publish(Topics.DRIFT.record(
                "mnist/1",
                new DriftMeasured(
                        "mnist",
                        "1",
                        500,
                        DriftMeasured.Reference.HELD_OUT,
                        10_000,
                        0.9,
                        0.9,
                        List.of(figure),
                        false,
                        "No change.",
                        Instant.now()),
                "/test"));
        Set<String> asked = names(Files.readString(Path.of("..", "deploy", "grafana", "sandpiper.json")));
        assertThat(asked).hasSizeGreaterThan(15);
        Set<String> explained = names(Files.readString(Path.of("..", "docs", "monitoring.md")));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                names(management("/actuator/prometheus").body()))
                        .containsAll(asked));
        assertThat(names(management("/actuator/prometheus").body()))
                .allSatisfy(name -> assertThat(explained)
                        .as("docs/monitoring.md")
                        .anyMatch(known -> name.replaceFirst("_(bucket|count|sum|max)$", "")
                                .equals(known)));
    }

    private static Set<String> names(String text) {
        return Pattern.compile("sandpiper_[a-z_]+[a-z]")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Whatever clients make up, there is no metric of it. */
    @Test
    void metrics_doNotGrowWithWhatIsAsked() throws Exception {
        for (int i = 0; i < 500; i++) {
            running.get("/v1/predictions/made-up-%d".formatted(i));
            running.get("/made-up/%d".formatted(i));
            running.call(running.request("/v1/models/m%d/training-images?label=%s"
                            .formatted(i, URLEncoder.encode("made-up-label-" + i, StandardCharsets.UTF_8)))
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(HttpRequest.BodyPublishers.ofString("--x--")));
        }

        List<String> series = management("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(series).hasSizeLessThan(5_000).noneMatch(line -> line.contains("made-up"));
    }

    @Test
    void loadTest_isShownByTheDashboard_ofWhatItWasRunAgainst(@TempDir Path folder) throws Exception {
        Path workload = Files.writeString(folder.resolve("operations.yaml"), """
                description: A second of drawn pictures
                route: HTTP
                model: mnist
                side: 28
                batch: 1
                arrivals: EVEN
                connections: 2
                waitSeconds: 10
                phases: [{seconds: 1, rate: 20}]
                """);
        StringWriter errors = new StringWriter();

        int exit = LoadTestCommand.commandLine(() -> new Target(running.standalone.kafka(), running.url(), null))
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(errors))
                .execute("run", workload.toString());

        assertThat(exit).as(errors.toString()).isZero();
        assertThat(errors.toString()).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(loadTests())
                        .filteredOn(test -> "operations.yaml".equals(test.get("workload")))
                        .singleElement()
                        .satisfies(test -> {
                            assertThat(test.get("type")).isEqualTo("LoadRunMeasured");
                            assertThat(test.get("askedImagesPerSecond")).isEqualTo(20.0);
                            assertThat((Map<?, ?>) test.get("counts"))
                                    .extracting("sent", "answered", "lost", "failed")
                                    .containsExactly(20, 20, 0, 0);
                            assertThat((Map<?, ?>) test.get("latencyMillis")).hasSize(3);
                            assertThat(test.get("window")).isNull();
                        }));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> loadTests() throws Exception {
        return Json.read(running.get("/dashboard/load-tests").response().body(), List.class);
    }

    @Test
    void onlyDocumentedPorts_areOpen_allOnLoopback() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "skipped: open ports can be read on Linux only");
        Set<Integer> documented = Set.of(
                running.standalone.port(),
                running.standalone.managementPort(),
                port(running.standalone.kafka()),
                URI.create(running.standalone.s3()).getPort());

        Set<String> sockets = ownSockets();
        Set<Integer> open = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > 9 && columns[3].equals(LISTENING) && sockets.contains(columns[9])) {
                    String[] address = columns[1].split(":");
                    assertThat(address[0]).as(line).isIn(LOOPBACK, LOOPBACK_IN_V6);
                    open.add(Integer.parseInt(address[1], 16));
                }
            }
        }

        assertThat(open).containsAll(documented);
        open.removeAll(documented);
        open.remove(URI.create(collector().endpoint()).getPort());
        assertThat(open).as("the broker's own controller, and nothing else").hasSizeLessThanOrEqualTo(1);
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Inodes of this process's sockets. */
    private static Set<String> ownSockets() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (IOException e) {
                    // closed meanwhile
                }
            }
        }
        return inodes;
    }

    private static HttpResponse<String> management(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + running.standalone.managementPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
