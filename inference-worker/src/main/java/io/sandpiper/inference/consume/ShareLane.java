/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.publish.Answers;
import io.sandpiper.inference.publish.ResultPublisher;
import io.sandpiper.schemas.Lane;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Any number of workers share the records of any number of partitions (a share group of Kafka's). Answers are committed
 * first and acknowledged then: a worker that dies in between leaves pictures that are answered once more, the same, and
 * whoever keeps answers keeps the first.
 *
 * <p>Records that come again are suspected of having killed their worker. Those of the second delivery are answered one
 * by one, in order; those of the third in the opposite order. So whatever stood beside a deadly one is answered before it
 * or after it, and only the deadly one comes a fourth time: it is FAILED, and among the dead letters.
 */
final class ShareLane implements LaneConsumer, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ShareLane.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
    private static final long FIRST_RETRY_MILLIS = 1_000;
    /** Shorter than a record stays ours: 30 s, unless the group says otherwise. */
    private static final long LAST_RETRY_MILLIS = 8_000;

    private static final int DEADLY = 4;

    /** What the settings for consumers have and a share consumer refuses: that is the group's to say. */
    private static final Set<String> NOT_OURS = Set.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);

    private final Lane lane;
    private final Map<String, Object> config;
    private final GroupTakeover takeover;
    private final BatchAnswerer answerer;
    private final ResultPublisher publisher;
    private @Nullable Thread thread;
    private volatile boolean consuming;
    private volatile boolean running;

    /** @param config of a consumer; what a share consumer has no use for is left out */
    ShareLane(
            Lane lane,
            Map<String, Object> config,
            GroupTakeover takeover,
            BatchAnswerer answerer,
            ResultPublisher publisher) {
        this.lane = lane;
        this.config = new HashMap<>(config);
        this.config.keySet().removeAll(NOT_OURS);
        this.config.put(ConsumerConfig.GROUP_ID_CONFIG, lane.shareGroup());
        this.config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // Whatever is fetched ahead is locked for others, who may have nothing to do.
        this.config.put("share.acquire.mode", "record_limit");
        this.takeover = takeover;
        this.answerer = answerer;
        this.publisher = publisher;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            running = true;
            thread = new Thread(this, lane.topic().name() + "-share");
            thread.start();
        }
    }

    @Override
    public synchronized void stop() {
        Thread ending = thread;
        if (ending == null) {
            return;
        }
        running = false;
        try {
            ending.join(STOP_LIMIT.toMillis());
            if (ending.isAlive()) {
                ending.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return consuming;
    }

    @Override
    public boolean isConsuming() {
        return consuming;
    }

    @Override
    public void run() {
        while (running) {
            takeover.byShareGroup();
            try (KafkaShareConsumer<byte[], byte[]> polling = new KafkaShareConsumer<>(config)) {
                polling.subscribe(List.of(lane.topic().name()));
                consuming = true;
                consume(polling);
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("{} begins anew", lane.topic().name(), e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_RETRY_MILLIS));
            } finally {
                consuming = false;
            }
        }
    }

    private void consume(KafkaShareConsumer<byte[], byte[]> polling) throws InterruptedException {
        long pause = FIRST_RETRY_MILLIS;
        while (running) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            polling.poll(POLL).forEach(records::add);
            Deque<List<ConsumerRecord<byte[], byte[]>>> portions = portions(records);
            try {
                while (!portions.isEmpty()) {
                    answer(polling, portions.peek());
                    portions.remove();
                }
                pause = FIRST_RETRY_MILLIS;
            } catch (RuntimeException e) {
                // Kafka or the object store is in trouble: a picture at fault has become an answer. Released, they
                // would
                // count as delivered once more; renewed, they stay ours, and the next poll brings them.
                LOG.warn("Pictures are held for {} ms: {}", pause, e.toString());
                portions.forEach(
                        portion -> portion.forEach(record -> polling.acknowledge(record, AcknowledgeType.RENEW)));
                commit(polling);
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(LAST_RETRY_MILLIS, 2 * pause);
            }
        }
    }

    /** What is answered at a time, and in which order. */
    private static Deque<List<ConsumerRecord<byte[], byte[]>>> portions(List<ConsumerRecord<byte[], byte[]>> records) {
        Deque<List<ConsumerRecord<byte[], byte[]>>> portions = new ArrayDeque<>();
        List<ConsumerRecord<byte[], byte[]>> fresh = delivered(records, 0, 1);
        if (!fresh.isEmpty()) {
            portions.add(fresh);
        }
        delivered(records, 2, 2).forEach(suspect -> portions.add(List.of(suspect)));
        List<ConsumerRecord<byte[], byte[]>> third = delivered(records, 3, Integer.MAX_VALUE);
        Collections.reverse(third);
        third.forEach(suspect -> portions.add(List.of(suspect)));
        return portions;
    }

    /** What is to be said is committed before its records are let go. */
    private void answer(KafkaShareConsumer<byte[], byte[]> polling, List<ConsumerRecord<byte[], byte[]>> portion)
            throws InterruptedException {
        ConsumerRecord<byte[], byte[]> first = portion.get(0);
        boolean deadly = deliveries(first) >= DEADLY;
        if (deadly) {
            LOG.error(
                    "Given up after three workers ended with it: {}-{}@{}",
                    first.topic(),
                    first.partition(),
                    first.offset());
        }
        Answers answers = deadly ? answerer.giveUp(first) : answerer.answer(portion);
        publisher.commit(answers);
        for (ConsumerRecord<byte[], byte[]> record : portion) {
            polling.acknowledge(
                    record, answers.dead().containsKey(record) ? AcknowledgeType.REJECT : AcknowledgeType.ACCEPT);
        }
        commit(polling);
    }

    private static List<ConsumerRecord<byte[], byte[]>> delivered(
            List<ConsumerRecord<byte[], byte[]>> records, int least, int most) {
        List<ConsumerRecord<byte[], byte[]>> some = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (deliveries(record) >= least && deliveries(record) <= most) {
                some.add(record);
            }
        }
        return some;
    }

    private static int deliveries(ConsumerRecord<byte[], byte[]> record) {
        return record.deliveryCount().orElse((short) 1);
    }

    /** A record whose acknowledgement is refused was ours no more: it comes again, to whomever, and is answered again. */
    private void commit(KafkaShareConsumer<byte[], byte[]> polling) {
        polling.commitSync()
                .forEach((partition, error) -> error.ifPresent(e -> LOG.warn(
                        "Pictures of {} may be answered twice: {}", partition.topicPartition(), e.toString())));
    }
}
