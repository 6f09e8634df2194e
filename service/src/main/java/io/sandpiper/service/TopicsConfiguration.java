/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.service;

import io.sandpiper.schemas.Topics;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** Whichever service starts first makes the topics. */
@AutoConfiguration
class TopicsConfiguration {

    @Bean
    KafkaAdmin.NewTopics topics(@Value("${sandpiper.lane-partitions}") int lanePartitions) {
        return new KafkaAdmin.NewTopics(Topics.newTopics(lanePartitions));
    }
}
