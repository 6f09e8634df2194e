/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every picture that was accepted gets exactly one answer, while workers come and go and over a restart. */
class WorkerRestartIT {

    private static final int PICTURES = 1_200;
    private static final int CLIENTS = 4;

    @Test
    void pictures_whileAWorkerStopsAndStarts_areAnsweredOnce_andStayAnsweredOverARestart(@TempDir Path data)
            throws Exception {
        Map<String, Integer> accepted = new ConcurrentHashMap<>();
        String someId;
        try (Running running = Running.on(data)) {
            submitWhileWorkerTwoIsAway(running, accepted);
            assertThat(accepted).hasSize(PICTURES);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(unanswered(running, accepted)).isEmpty());
            Map<String, List<PredictionCompleted>> answers = answers(running);
            assertThat(answers.values()).allMatch(a -> a.size() == 1, "one final state");
            assertThat(answers.values()).allMatch(a -> a.get(0).state() == State.PREDICTED);
            long right = answers.entrySet().stream()
                    .filter(a -> String.valueOf(accepted.get(a.getKey()))
                            .equals(a.getValue().get(0).label()))
                    .count();
            assertThat(right).isGreaterThan(PICTURES * 98 / 100);
            assertThat(workers(answers)).containsExactlyInAnyOrder("worker-1", "worker-2");
            someId = accepted.keySet().iterator().next();
        }
        try (Running again = Running.on(data)) {
            Running.Answer old = again.get("/v1/predictions/" + someId);

            assertThat(old.status()).isEqualTo(200);
            assertThat(old.get("label")).isEqualTo(String.valueOf(accepted.get(someId)));
            assertThat(again.submit(DrawnDigits.png(3, 3), "Prefer", "wait=10").get("label"))
                    .isEqualTo("3");
            assertThat(again.get("/v1/models/mnist").json().toString())
                    .as("the shipped model is imported once")
                    .doesNotContain("version=2");
        }
    }

    @Test
    void producersThatAreFenced_loseNothing(@TempDir Path data) throws Exception {
        Map<String, Integer> accepted = new HashMap<>();
        try (Running running = Running.on(data)) {
            for (int i = 0; i < 300; i++) {
                if (i % 100 == 50) {
                    fence(running, "worker-1-0");
                    fence(running, "worker-2-0");
                }
                Running.Answer answer = running.submit(DrawnDigits.png(i % 10, i));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
                accepted.put(String.valueOf(answer.get("id")), i % 10);
            }

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(unanswered(running, accepted)).isEmpty());
            assertThat(answers(running).values()).allMatch(a -> a.size() == 1, "one final state");
        }
    }

    /** As a second worker of the same name would, and as brokers do with a transaction that takes too long. */
    private static void fence(Running running, String transactionalId) {
        Map<String, Object> config = new HashMap<>(running.kafka());
        config.put("transactional.id", transactionalId);
        try (var usurper = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            usurper.initTransactions();
        }
    }

    private static void submitWhileWorkerTwoIsAway(Running running, Map<String, Integer> accepted) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var submissions = IntStream.range(0, PICTURES)
                    .mapToObj(i -> clients.submit((Callable<Integer>) () -> {
                        Running.Answer answer = running.submit(DrawnDigits.png(i % 10, i));
                        assertThat(answer.status()).isEqualTo(202);
                        return accepted.put(String.valueOf(answer.get("id")), i % 10);
                    }))
                    .toList();
            await().until(() -> accepted.size() > PICTURES / 10);
            running.standalone.stopWorker(2);
            await().atMost(Duration.ofSeconds(60)).until(() -> accepted.size() > PICTURES / 2);
            running.standalone.restartWorker(2);
            for (var submission : submissions) {
                submission.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static Set<String> unanswered(Running running, Map<String, Integer> accepted) {
        Set<String> unanswered = new HashSet<>(accepted.keySet());
        unanswered.removeAll(answers(running).keySet());
        return unanswered;
    }

    /** Committed answers by prediction id. */
    private static Map<String, List<PredictionCompleted>> answers(Running running) {
        Map<String, List<PredictionCompleted>> answers = new HashMap<>();
        running.records(Topics.PREDICTIONS)
                .forEach(record -> answers.merge(
                        Topics.PREDICTIONS.key(record),
                        List.of(Topics.PREDICTIONS.value(record)),
                        (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream())
                                .toList()));
        return answers;
    }

    private static Set<String> workers(Map<String, List<PredictionCompleted>> answers) {
        Set<String> workers = new HashSet<>();
        answers.values().forEach(a -> workers.add(a.get(0).worker()));
        return workers;
    }
}
