/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.registry.GroupPositions;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Asks Kafka twice a second, on a thread of its own, how far the workers are behind. */
@Component
final class BacklogReader implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogReader.class);

    private static final long EVERY_MILLIS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Lanes lanes;
    private final Backlogs backlogs;
    private final Admin admin;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread reader = new Thread(task, "backlog-reader");
        reader.setDaemon(true);
        return reader;
    });

    BacklogReader(Lanes lanes, Backlogs backlogs, KafkaProperties kafka) {
        this.lanes = lanes;
        this.backlogs = backlogs;
        this.admin = Admin.create(new HashMap<>(kafka.buildAdminProperties()));
    }

    @Override
    public void afterPropertiesSet() {
        var unused = thread.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
        admin.close(LIMIT);
    }

    private void look() {
        try {
            for (Lane lane : lanes.all()) {
                Backlog backlog = backlogs.of(lane);
                long before = backlog.beforeLook();
                Progress progress = progress(lane);
                backlog.looked(progress.waiting(), progress.answered(), before, System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // What was seen last stands; sending will tell whether Kafka is there.
            LOG.debug("The backlog cannot be looked up: {}", e.toString());
        }
    }

    /** @param answered records ever, as far as offsets tell */
    private record Progress(long waiting, long answered) {}

    /** Workers share partitions or records; whichever group is further is the one that works. */
    private Progress progress(Lane lane) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> positions = GroupPositions.shared(admin, lane.shareGroup(), LIMIT);
        GroupPositions.committed(admin, lane.group(), LIMIT)
                .forEach((partition, offset) -> positions.merge(partition, offset, Math::max));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicPartitionInfo partition : describe(lane.topic().name()).partitions()) {
            latest.put(new TopicPartition(lane.topic().name(), partition.partition()), OffsetSpec.latest());
        }
        var ends = admin.listOffsets(latest).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        long waiting = 0;
        long answered = 0;
        for (var end : ends.entrySet()) {
            // The mark at the end of a transaction has an offset and nobody to answer: one may count as waiting here.
            long position = positions.getOrDefault(end.getKey(), 0L);
            answered += position;
            waiting += Math.max(0, end.getValue().offset() - position);
        }
        return new Progress(waiting, answered);
    }

    private TopicDescription describe(String topic) throws InterruptedException, ExecutionException, TimeoutException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .values()
                .iterator()
                .next();
    }
}
