/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * What the owners of a partition tell each other in the metadata of its committed offset: {@code left}, the last one
 * went in good order; {@code alone=2}, it died twice of the record that comes next, with nothing else under way; none,
 * it died in the middle of a batch. Belongs to the consumer's thread.
 */
final class Handover implements ConsumerAwareRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    static final String LEFT = "left";

    private static final String ALONE = "alone=";
    private static final String IN_SERVICE = "";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int TRIES = 5;
    private static final Duration NEW_EPOCH = Duration.ofMillis(50);

    private final int batch;
    private final Map<TopicPartition, Suspicion> taken = new HashMap<>();

    /** @param batch records in a batch at most */
    Handover(int batch) {
        this.batch = batch;
    }

    /**
     * What is to be thought of the records of a partition from this one on. Looked at with the first of them, and not
     * when the partition is assigned: that a dead owner's transaction is still open would hold up all others.
     */
    Suspicion of(ConsumerRecord<byte[], byte[]> record, Consumer<?, ?> consumer) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Suspicion known = taken.get(partition);
        if (known != null) {
            return known;
        }
        Suspicion suspicion = take(partition, record.offset(), consumer);
        taken.put(partition, suspicion);
        return suspicion;
    }

    private Suspicion take(TopicPartition partition, long offset, Consumer<?, ?> consumer) {
        OffsetAndMetadata committed =
                consumer.committed(Set.of(partition), LIMIT).get(partition);
        if (committed == null || committed.metadata().equals(LEFT)) {
            note(partition, offset, IN_SERVICE, consumer);
            return Suspicion.none(offset);
        }
        long end = consumer.endOffsets(Set.of(partition), LIMIT).getOrDefault(partition, offset);
        Suspicion suspicion = new Suspicion(offset, end, batch, deathsAlone(committed.metadata()));
        LOG.warn("The last owner of {} ended in the middle of its work: {} records come one by one", partition, batch);
        return suspicion;
    }

    /** The first suspect is about to be tried alone: whoever comes after our death is to know. */
    void begin(TopicPartition partition, Suspicion suspicion, Consumer<?, ?> consumer) {
        if (suspicion.begin()) {
            note(partition, suspicion.next(), ALONE + (suspicion.deathsAlone() + 1), consumer);
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        taken.keySet().removeAll(partitions);
    }

    /** In good order: everything that was taken up is committed. */
    @Override
    public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        leave(partitions, consumer);
    }

    /** Before the consumer is closed: in the midst of that it can ask for nothing any more. */
    void leaveAll(Consumer<?, ?> consumer) {
        leave(Set.copyOf(taken.keySet()), consumer);
    }

    private void leave(Collection<TopicPartition> partitions, Consumer<?, ?> consumer) {
        Map<TopicPartition, Suspicion> left = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Suspicion suspicion = taken.remove(partition);
            if (suspicion != null) {
                left.put(partition, suspicion);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        try {
            say(left, consumer);
        } catch (KafkaException e) {
            // The next owner is careful where it need not be.
            LOG.info("{} are left without a word: {}", left.keySet(), e.toString());
        }
    }

    private static void say(Map<TopicPartition, Suspicion> left, Consumer<?, ?> consumer) {
        for (int tries = 1; ; tries++) {
            try {
                commitWords(left, consumer);
                return;
            } catch (WakeupException e) {
                // It was to end a poll that had ended by itself, and met whatever the consumer was asked for next:
                // this.
                giveUpAfter(tries, e);
            } catch (CommitFailedException e) {
                // Another member came or went this moment: the brokers count a new epoch, and tell it within
                // milliseconds.
                giveUpAfter(tries, e);
                LockSupport.parkNanos(NEW_EPOCH.toNanos());
            }
        }
    }

    private static void giveUpAfter(int tries, KafkaException e) {
        if (tries == TRIES) {
            throw e;
        }
    }

    private static void commitWords(Map<TopicPartition, Suspicion> left, Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> words = new HashMap<>();
        // What is committed, and not how far was read: the last batch may have been rolled back.
        consumer.committed(left.keySet(), LIMIT).forEach((partition, committed) -> {
            if (committed != null) {
                words.put(partition, new OffsetAndMetadata(committed.offset(), word(left.get(partition))));
            }
        });
        consumer.commitSync(words, LIMIT);
    }

    private static String word(@Nullable Suspicion suspicion) {
        if (suspicion == null || suspicion.isOver()) {
            return LEFT;
        }
        return suspicion.deathsAlone() == 0 ? IN_SERVICE : ALONE + suspicion.deathsAlone();
    }

    private static void note(TopicPartition partition, long offset, String metadata, Consumer<?, ?> consumer) {
        consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset, metadata)), LIMIT);
    }

    private static int deathsAlone(@Nullable String metadata) {
        if (metadata == null || !metadata.startsWith(ALONE)) {
            return 0;
        }
        try {
            return Integer.parseInt(metadata.substring(ALONE.length()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
