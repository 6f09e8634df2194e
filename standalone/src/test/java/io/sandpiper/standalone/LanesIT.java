/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topic;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which queue a picture waits in: a fleet where one model has a lane of its own. */
class LanesIT {

    private static final String MODEL_LANES = "sandpiper.model-lanes";
    private static final Topic<String, byte[]> OWN = Topics.images("mnist");
    private static final int PICTURES = 20;

    @TempDir
    static Path data;

    private static Running running;

    @BeforeAll
    static void start() throws StandaloneException {
        System.setProperty(MODEL_LANES, "mnist");
        running = Running.on(data);
    }

    @AfterAll
    static void stop() {
        System.clearProperty(MODEL_LANES);
        running.close();
    }

    @Test
    void picturesOfAModelWithItsOwnLane_waitThere_othersWhereAllWait() throws Exception {
        String own = submit("mnist");
        String shared = submit("cifar10");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).containsKeys(own, shared));
        assertThat(keys(OWN)).contains(own).doesNotContain(shared);
        assertThat(keys(Topics.IMAGES)).contains(shared).doesNotContain(own);
    }

    /** From a client of Kafka's that does not know of the lane. */
    @Test
    void pictureInTheLaneOfAll_isAnswered_whateverItsModel() throws Exception {
        running.publish(new ImageSubmitted("elsewhere", "mnist", "image/png", Instant.now(), DrawnDigits.png(3, 1))
                .toRecord("/test"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).containsEntry("elsewhere", State.PREDICTED));
    }

    @Test
    void recordThatNobodyCanUse_isGivenUp_andComesBackToItsLane() throws Exception {
        running.publish(new ProducerRecord<>(OWN.name(), "nobody".getBytes(StandardCharsets.UTF_8), new byte[] {1}));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> running.records(Topics.IMAGES_DLT).size() == 1);

        ConsumerRecord<byte[], byte[]> dead = running.records(Topics.IMAGES_DLT).get(0);
        Running.Ended replayed = running.run(null, "dlt", "replay", dead.partition() + "-" + dead.offset());

        assertThat(replayed.output()).contains("is in images.mnist again");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> running.records(Topics.IMAGES_DLT).size() == 2);
    }

    /** As Kafka forgets them of a group that was away for a week. */
    @Test
    void groupWhoseOffsetsAreForgotten_skipsNothing() throws Exception {
        Set<String> ids = new HashSet<>();
        submitAll(ids);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).containsKeys(ids.toArray(String[]::new)));
        running.standalone.stopWorker(1);
        running.standalone.stopWorker(2);
        submitAll(ids);
        try (Admin admin = Admin.create(running.kafka())) {
            String group = new Lanes(List.of("mnist")).ofModel("mnist").group();
            // A member that has just left may still be one for a moment.
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            admin.deleteConsumerGroups(List.of(group)).all().get());
        }
        running.standalone.restartWorker(1);
        running.standalone.restartWorker(2);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(states()).containsKeys(ids.toArray(String[]::new)));
    }

    private static void submitAll(Set<String> ids) throws Exception {
        for (int i = 0; i < PICTURES; i++) {
            ids.add(submit("mnist"));
        }
    }

    private static String submit(String model) throws Exception {
        Running.Answer answer = running.call(running.request("/v1/predictions?model=" + model)
                .header("Content-Type", "image/png")
                .POST(HttpRequest.BodyPublishers.ofByteArray(DrawnDigits.png(4, 2))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return String.valueOf(answer.get("id"));
    }

    private static Map<String, State> states() {
        Map<String, State> states = new HashMap<>();
        running.records(Topics.PREDICTIONS).forEach(record -> {
            PredictionCompleted answer = Topics.PREDICTIONS.value(record);
            states.putIfAbsent(answer.predictionId(), answer.state());
        });
        return states;
    }

    private static List<String> keys(Topic<String, byte[]> topic) {
        List<String> keys = new ArrayList<>();
        running.records(topic).forEach(record -> keys.add(topic.key(record)));
        return keys;
    }
}
