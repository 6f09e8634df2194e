/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * Each partition has one worker, so that as many workers as partitions can share a lane; answers and offsets are
 * committed in one transaction, so that a reader of committed records sees each answer once.
 */
final class PartitionLane implements LaneConsumer {

    private final KafkaMessageListenerContainer<byte[], byte[]> container;
    private final GroupTakeover takeover;

    /** @param takeover of what a share group has answered */
    PartitionLane(KafkaMessageListenerContainer<byte[], byte[]> container, GroupTakeover takeover) {
        this.container = container;
        this.takeover = takeover;
    }

    @Override
    public void start() {
        if (!container.isRunning()) {
            takeover.byConsumerGroup();
        }
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public boolean isConsuming() {
        var assigned = container.getAssignedPartitions();
        return container.isRunning() && assigned != null && !assigned.isEmpty();
    }
}
