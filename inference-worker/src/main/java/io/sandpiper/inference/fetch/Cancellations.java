/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.fetch;

import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.PredictionCancelled;
import io.sandpiper.schemas.Topics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Whose answers nobody wants any more. Any thread may ask. */
@Component
public final class Cancellations implements InitializingBean, DisposableBean {

    /** The oldest are forgotten beyond that: then they are answered like any other. */
    private static final int REMEMBERED = 100_000;

    private final LogView<Set<String>, PredictionCancelled> log;

    Cancellations(KafkaProperties kafka) {
        this.log = new LogView<>(
                kafka.buildConsumerProperties(), Topics.CANCELLATIONS, remembering(), Cancellations::with);
    }

    public boolean isCancelled(String predictionId) {
        return log.current().contains(predictionId);
    }

    /** Before any consumer, which asks. */
    @Override
    public void afterPropertiesSet() {
        log.start();
    }

    @Override
    public void destroy() {
        log.close();
    }

    private static Set<String> with(Set<String> cancelled, PredictionCancelled one) {
        cancelled.add(one.predictionId());
        return cancelled;
    }

    private static Set<String> remembering() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        }));
    }
}
