/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * How far the workers are in a lane.
 *
 * @param partitions in their order
 */
public record LaneProgress(List<Partition> partitions) {

    public LaneProgress {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition of the lane's topic.
     *
     * @param position up to where pictures are answered
     * @param end offset of the next picture that comes
     */
    public record Partition(int partition, long position, long end) {

        /** The mark at the end of a transaction has an offset and nobody to answer: one may count as waiting here. */
        public long waiting() {
            return Math.max(0, end - position);
        }
    }

    public long waiting() {
        return partitions.stream().mapToLong(Partition::waiting).sum();
    }

    /** Records ever, as far as offsets tell. */
    public long answered() {
        return partitions.stream().mapToLong(Partition::position).sum();
    }

    /**
     * Asks the broker; blocks. Workers share partitions or records; whichever group is further is the one that works.
     *
     * @param limit for each of the questions that this takes
     */
    public static LaneProgress of(Admin admin, Lane lane, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> positions = GroupPositions.shared(admin, lane.shareGroup(), limit);
        GroupPositions.committed(admin, lane.group(), limit)
                .forEach((partition, offset) -> positions.merge(partition, offset, Math::max));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicPartitionInfo partition : partitions(admin, lane.topic().name(), limit)) {
            latest.put(new TopicPartition(lane.topic().name(), partition.partition()), OffsetSpec.latest());
        }
        var ends = admin.listOffsets(latest).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        List<Partition> partitions = new ArrayList<>();
        ends.forEach((partition, end) -> partitions.add(
                new Partition(partition.partition(), positions.getOrDefault(partition, 0L), end.offset())));
        partitions.sort(Comparator.comparingInt(Partition::partition));
        return new LaneProgress(partitions);
    }

    private static List<TopicPartitionInfo> partitions(Admin admin, String topic, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                .values()
                .iterator()
                .next()
                .partitions();
    }
}
