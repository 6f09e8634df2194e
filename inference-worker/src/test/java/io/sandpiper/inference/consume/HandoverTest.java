/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one owner of a partition leaves to the next, in Kafka's own mock of a consumer. */
class HandoverTest {

    private static final TopicPartition PARTITION = new TopicPartition("images", 3);
    private static final int BATCH = 4;
    private static final long FIRST = 10;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @BeforeEach
    void assign() {
        consumer.assign(Set.of(PARTITION));
        consumer.updateEndOffsets(Map.of(PARTITION, 13L));
    }

    @Test
    void partitionThatWasNeverServed_isNotSuspected() {
        assertThat(new Handover(BATCH).of(record(FIRST), consumer).isOver()).isTrue();
        assertThat(metadata()).isEmpty();
    }

    @Test
    void partitionLeftInOrder_isNotSuspected_andIsMarkedAsServed() {
        served("");
        Handover leaving = new Handover(BATCH);
        takeAllSuspects(leaving);
        leaving.onPartitionsRevokedAfterCommit(consumer, List.of(PARTITION));
        assertThat(metadata()).isEqualTo("left");

        assertThat(new Handover(BATCH).of(record(FIRST), consumer).isOver()).isTrue();
        assertThat(metadata()).as("or a death in this batch would go unseen").isEmpty();
    }

    /** Whoever stops a consumer wakes it from its poll; when that has just ended, the next call is met. */
    @Test
    void wakeUpThatComesTooLate_doesNotKeepTheWordBack() {
        AtomicBoolean late = new AtomicBoolean();
        MockConsumer<byte[], byte[]> woken = new MockConsumer<>("earliest") {
            @Override
            public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
                    Set<TopicPartition> partitions, Duration limit) {
                if (late.getAndSet(false)) {
                    throw new WakeupException();
                }
                return super.committed(partitions, limit);
            }
        };
        woken.assign(Set.of(PARTITION));
        Handover leaving = new Handover(BATCH);
        assertThat(leaving.of(record(FIRST), woken).isOver()).isTrue();

        late.set(true);
        leaving.leaveAll(woken);

        assertThat(late).isFalse();
        assertThat(woken.committed(Set.of(PARTITION)).get(PARTITION).metadata()).isEqualTo("left");
    }

    /** As two workers stop one after the other: the second one's epoch is an old one for a moment. */
    @Test
    void commitWithTheEpochOfAMomentAgo_doesNotKeepTheWordBack() {
        AtomicInteger refusals = new AtomicInteger();
        MockConsumer<byte[], byte[]> stale = new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration limit) {
                if (refusals.getAndDecrement() > 0) {
                    throw new CommitFailedException("stale member epoch");
                }
                super.commitSync(offsets, limit);
            }
        };
        stale.assign(Set.of(PARTITION));
        Handover leaving = new Handover(BATCH);
        assertThat(leaving.of(record(FIRST), stale).isOver()).isTrue();

        refusals.set(2);
        leaving.leaveAll(stale);

        assertThat(stale.committed(Set.of(PARTITION)).get(PARTITION).metadata()).isEqualTo("left");
    }

    @Test
    void deathInABatch_makesItsRecordsSuspects_andNoneThatCameLater() {
        served("");

        Suspicion suspicion = new Handover(BATCH).of(record(FIRST), consumer);

        for (long offset = FIRST; offset < 13; offset++) {
            assertThat(suspicion.isOver()).as("%d", offset).isFalse();
            suspicion.answered(offset);
        }
        assertThat(suspicion.isOver()).isTrue();
        assertThat(suspicion.isAnswered(12)).isTrue();
        assertThat(suspicion.isAnswered(13)).isFalse();
    }

    @Test
    void noMoreAreSuspected_thanABatchHolds() {
        served("");
        consumer.updateEndOffsets(Map.of(PARTITION, 1_000L));

        assertThat(takeAllSuspects(new Handover(BATCH))).isEqualTo(BATCH);
    }

    @Test
    void thirdDeath_isTheLast() {
        served("");
        for (int death = 1; death <= 2; death++) {
            Handover dying = new Handover(BATCH);
            Suspicion suspicion = dying.of(record(FIRST), consumer);
            assertThat(suspicion.isDeadly()).isFalse();
            dying.begin(PARTITION, suspicion, consumer);
        }

        Suspicion suspicion = new Handover(BATCH).of(record(FIRST), consumer);

        assertThat(suspicion.isDeadly()).isTrue();
        suspicion.answered(FIRST);
        assertThat(suspicion.isDeadly()).as("its neighbour").isFalse();
    }

    /** Kafka or the store may be away for an hour. */
    @Test
    void triesThatWereCutShort_areNoDeaths() {
        served("");
        Handover waiting = new Handover(BATCH);
        Suspicion suspicion = waiting.of(record(FIRST), consumer);
        for (int i = 0; i < 10; i++) {
            waiting.begin(PARTITION, suspicion, consumer);
        }
        assertThat(metadata()).isEqualTo("alone=1");

        waiting.onPartitionsRevokedAfterCommit(consumer, List.of(PARTITION));

        assertThat(metadata()).isEmpty();
    }

    private long takeAllSuspects(Handover handover) {
        long offset = FIRST;
        for (Suspicion suspicion = handover.of(record(offset), consumer); !suspicion.isOver(); offset++) {
            suspicion.answered(offset);
        }
        return offset - FIRST;
    }

    private void served(String metadata) {
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(FIRST, metadata)));
    }

    private String metadata() {
        return consumer.committed(Set.of(PARTITION)).get(PARTITION).metadata();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), offset, new byte[0], new byte[0]);
    }
}
