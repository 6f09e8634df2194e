/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What workers that died leave to those that come after them, as they wrote it down. */
class DeadlyRecordIT extends OneStandalone {

    private static final int PICTURES = 24;

    @Test
    void recordThatKilledThreeWorkers_isGivenUp_andItsNeighboursAreAnswered() throws Exception {
        try (Admin admin = Admin.create(running.kafka())) {
            submit(PICTURES);
            await().atMost(Duration.ofSeconds(30)).until(() -> answers().size() == PICTURES);
            running.standalone.stopWorker(1);
            running.standalone.stopWorker(2);
            Map<TopicPartition, OffsetAndMetadata> committed = committed(admin);
            assertThat(committed.values())
                    .as("who stops in good order says so")
                    .allSatisfy(offset -> assertThat(offset.metadata()).isEqualTo("left"));

            submit(PICTURES);
            Map<TopicPartition, OffsetAndMetadata> deaths = new HashMap<>();
            committed.forEach(
                    (partition, offset) -> deaths.put(partition, new OffsetAndMetadata(offset.offset(), "alone=2")));
            admin.alterConsumerGroupOffsets(Lane.INTERACTIVE.group(), deaths)
                    .all()
                    .get();
            running.standalone.restartWorker(1);
            running.standalone.restartWorker(2);

            await().atMost(Duration.ofSeconds(60)).until(() -> answers().size() == 2 * PICTURES);
            List<PredictionCompleted> failed = answers().stream()
                    .filter(answer -> answer.state() == State.FAILED)
                    .toList();
            assertThat(failed).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.reason()).isNotNull();
                assertThat(answer.reason().code()).isEqualTo("killed-its-worker");
                PredictionCompleted.Source source = answer.source();
                TopicPartition partition = new TopicPartition(source.topic(), source.partition());
                assertThat(source.offset()).isEqualTo(committed.get(partition).offset());
            });
            assertThat(running.records(Topics.IMAGES_DLT)).hasSize(failed.size());
            assertThat(answers())
                    .filteredOn(answer -> answer.state() == State.PREDICTED)
                    .hasSize(2 * PICTURES - failed.size());
        }
    }

    private static void submit(int pictures) throws Exception {
        for (int i = 0; i < pictures; i++) {
            Running.Answer answer = running.submit(DrawnDigits.png(i % 10, i));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        }
    }

    private static List<PredictionCompleted> answers() {
        List<PredictionCompleted> answers = new ArrayList<>();
        running.records(Topics.PREDICTIONS).forEach(record -> answers.add(Topics.PREDICTIONS.value(record)));
        return answers;
    }

    private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets(Lane.INTERACTIVE.group())
                .partitionsToOffsetAndMetadata()
                .get();
    }
}
