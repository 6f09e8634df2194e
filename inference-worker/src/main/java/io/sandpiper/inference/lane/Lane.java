/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.lane;

import io.sandpiper.schemas.ConsumerGroups;
import io.sandpiper.schemas.Topics;

/** Where pictures come from: one by one from people who wait, or by the thousand. Each has its topic and its group. */
public enum Lane {
    INTERACTIVE(Topics.IMAGES.name(), ConsumerGroups.INFERENCE),
    BULK(Topics.IMAGES_BULK.name(), ConsumerGroups.INFERENCE_BULK);

    private final String topic;
    private final String group;

    Lane(String topic, String group) {
        this.topic = topic;
        this.group = group;
    }

    public String topic() {
        return topic;
    }

    public String group() {
        return group;
    }
}
