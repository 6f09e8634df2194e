/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.registry.GroupPositions;
import io.sandpiper.schemas.Lane;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer group and share group of a lane count what they have read apart. Before a worker joins the one, it is moved
 * to where the other stands if that is further: or a fleet that changes its way of sharing would answer a day's pictures
 * again. Kafka lets only a group without members be moved, so the first worker does it and the others find it done.
 */
final class GroupTakeover {

    private static final Logger LOG = LoggerFactory.getLogger(GroupTakeover.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Map<String, Object> adminConfig;
    private final Lane lane;

    GroupTakeover(Map<String, Object> adminConfig, Lane lane) {
        this.adminConfig = Map.copyOf(adminConfig);
        this.lane = lane;
    }

    void byConsumerGroup() {
        try (Admin admin = Admin.create(adminConfig)) {
            Map<TopicPartition, Long> further = further(
                    GroupPositions.shared(admin, lane.shareGroup(), LIMIT),
                    GroupPositions.committed(admin, lane.group(), LIMIT));
            if (!further.isEmpty()) {
                Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
                further.forEach(
                        (partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset, Handover.LEFT)));
                await(admin.alterConsumerGroupOffsets(lane.group(), offsets).all());
                LOG.info("{} goes on where {} stood: {}", lane.group(), lane.shareGroup(), further);
            }
        } catch (ExecutionException e) {
            LOG.debug("{} is not moved: {}", lane.group(), String.valueOf(e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            giveUp(e);
        }
    }

    /** Also sets how the share group reads: its settings are the group's and not its members'. */
    void byShareGroup() {
        try (Admin admin = Admin.create(adminConfig)) {
            await(admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.GROUP, lane.shareGroup()),
                            List.of(
                                    set("share.auto.offset.reset", "earliest"),
                                    set("share.isolation.level", "read_committed"))))
                    .all());
            Map<TopicPartition, Long> further = further(
                    GroupPositions.committed(admin, lane.group(), LIMIT),
                    GroupPositions.shared(admin, lane.shareGroup(), LIMIT));
            if (!further.isEmpty()) {
                await(admin.alterShareGroupOffsets(lane.shareGroup(), further).all());
                LOG.info("{} goes on where {} stood: {}", lane.shareGroup(), lane.group(), further);
            }
        } catch (ExecutionException e) {
            LOG.debug("{} is not moved: {}", lane.shareGroup(), String.valueOf(e.getCause()));
        } catch (InterruptedException | TimeoutException e) {
            giveUp(e);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static Map<TopicPartition, Long> further(Map<TopicPartition, Long> other, Map<TopicPartition, Long> own) {
        Map<TopicPartition, Long> further = new HashMap<>();
        other.forEach((partition, offset) -> {
            if (offset > own.getOrDefault(partition, 0L)) {
                further.put(partition, offset);
            }
        });
        return further;
    }

    private void giveUp(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.warn(
                "Whether {} was read another way before could not be told: {}",
                lane.topic().name(),
                e.toString());
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
