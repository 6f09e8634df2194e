/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said of a topic that is not there. At the first start it is only a matter of time: readers begin at once, and
 * topics are made meanwhile. Belongs to one thread.
 */
final class MissingTopic {

    /** As long as that a start may take; then it is said again each time as much has passed. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(MissingTopic.class);

    private final String topic;
    private @Nullable Instant since;
    private Instant told = Instant.MIN;

    MissingTopic(String topic) {
        this.topic = topic;
    }

    void missed(Instant now) {
        if (since == null) {
            since = now;
            told = now;
            LOG.info("Waiting for the topic {}: whichever service starts first makes it", topic);
        } else if (Duration.between(told, now).compareTo(PATIENCE) >= 0) {
            told = now;
            LOG.warn(
                    "There is no topic {} after {} s. Services make their topics when they start: their logs may say why it was not made",
                    topic,
                    Duration.between(since, now).toSeconds());
        }
    }

    void found() {
        since = null;
    }
}
