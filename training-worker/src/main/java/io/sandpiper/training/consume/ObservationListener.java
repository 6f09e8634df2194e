/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.consume;

import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Topics;
import io.sandpiper.training.drift.DriftDetector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.stereotype.Component;

/**
 * Reads what was answered lately. One training worker does, the one that has the topic's partition; the next begins with what
 * comes then, and sees a change some hundreds of answers later.
 */
@Component
final class ObservationListener {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationListener.class);

    private final DriftDetector detector;

    ObservationListener(DriftDetector detector) {
        this.detector = detector;
    }

    /** The classic protocol, whose members join again whatever became of their group while they were away. */
    @KafkaListener(
            id = "observations",
            groupId = "training-worker-observations",
            topics = "observations",
            properties = {"max.poll.records=500", "auto.offset.reset=latest", "group.protocol=classic"})
    void on(ConsumerRecord<byte[], byte[]> record, Acknowledgment acknowledgment) {
        try {
            detector.add(Topics.OBSERVATIONS.value(record));
        } catch (MalformedMessageException e) {
            LOG.error("The observation at offset {} is skipped: {}", record.offset(), e.getMessage());
        }
        acknowledgment.acknowledge();
    }
}
