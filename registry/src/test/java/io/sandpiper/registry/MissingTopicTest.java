/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MissingTopicTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration RETRY = Duration.ofMillis(200);

    private final Logger logger = (Logger) LoggerFactory.getLogger(MissingTopic.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final MissingTopic topic = new MissingTopic("model-events");

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        said.start();
        logger.addAppender(said);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(said);
        logger.setLevel(null);
    }

    @Test
    void topicThatIsMadeSoon_isWaitedForQuietly() {
        missedFor(Duration.ZERO, Duration.ofSeconds(5));

        assertThat(said.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly("[INFO] Waiting for the topic model-events: whichever service starts first makes it");
    }

    @Test
    void topicThatIsNotMade_isToldAsAFault_nowAndThen() {
        missedFor(Duration.ZERO, Duration.ofSeconds(25));

        assertThat(said.list).hasSize(3);
        assertThat(said.list.get(1).toString())
                .startsWith("[WARN] There is no topic model-events after 10 s.")
                .contains("their logs may say why");
        assertThat(said.list.get(2).toString()).startsWith("[WARN] There is no topic model-events after 20 s.");
    }

    /** It was deleted, perhaps. */
    @Test
    void topicThatGoesAgain_isWaitedForAnew() {
        missedFor(Duration.ZERO, Duration.ofSeconds(1));
        topic.found();
        missedFor(Duration.ofHours(1), Duration.ofSeconds(1));

        assertThat(said.list).hasSize(2).allMatch(event -> event.toString().startsWith("[INFO]"));
    }

    private void missedFor(Duration begin, Duration length) {
        for (Duration passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plus(RETRY)) {
            topic.missed(START.plus(begin).plus(passed));
        }
    }
}
