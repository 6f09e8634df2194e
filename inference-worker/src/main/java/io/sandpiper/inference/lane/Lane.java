/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.lane;

import io.sandpiper.schemas.ConsumerGroups;
import io.sandpiper.schemas.Topics;

/** Where pictures come from: one by one from people who wait, or by the thousand. Each has its topic and its group. */
public enum Lane {
    INTERACTIVE(Topics.IMAGES.name(), ConsumerGroups.INFERENCE, ConsumerGroups.INFERENCE_SHARE),
    BULK(Topics.IMAGES_BULK.name(), ConsumerGroups.INFERENCE_BULK, ConsumerGroups.INFERENCE_BULK_SHARE);

    private final String topic;
    private final String group;
    private final String shareGroup;

    Lane(String topic, String group, String shareGroup) {
        this.topic = topic;
        this.group = group;
        this.shareGroup = shareGroup;
    }

    public String topic() {
        return topic;
    }

    /** Of workers that share partitions. */
    public String group() {
        return group;
    }

    /** Of workers that share records. */
    public String shareGroup() {
        return shareGroup;
    }
}
