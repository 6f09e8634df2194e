/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.service;

import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.Topics;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** Whichever service starts first makes the topics. */
@AutoConfiguration
class TopicsConfiguration {

    @Bean
    Lanes lanes(@Value("${sandpiper.model-lanes}") List<String> models) {
        return new Lanes(models);
    }

    @Bean
    KafkaAdmin.NewTopics topics(Lanes lanes, @Value("${sandpiper.lane-partitions}") int lanePartitions) {
        return new KafkaAdmin.NewTopics(Topics.newTopics(lanes, lanePartitions));
    }
}
