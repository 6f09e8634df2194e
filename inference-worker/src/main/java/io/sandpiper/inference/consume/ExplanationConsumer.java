/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.explain.AnswerExplainer;
import io.sandpiper.inference.model.ServingModels;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.Topics;
import io.sandpiper.service.trace.RecordTraces;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes wishes for explanations, one at a time, beside the lanes. What nobody waits for any more is passed over; a wish
 * that comes twice is answered as before. What cannot be had now is tried again for as long as somebody waits.
 */
final class ExplanationConsumer implements SmartLifecycle, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ExplanationConsumer.class);

    private static final String GROUP = "explanations";
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long RETRY_MILLIS = 1_000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
    private static final int REMEMBERED = 1_000;

    /** How long a network stays open that nobody asks about. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Map<String, Object> config;
    private final AnswerExplainer explainer;
    private final Consumer<ExplanationCompleted> publisher;
    private final RecordTraces traces;
    private final Map<String, ExplanationCompleted> done = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ExplanationCompleted> eldest) {
            return size() > REMEMBERED;
        }
    };
    private @Nullable Thread thread;
    private volatile boolean running;

    /** @param kafka configuration of a consumer */
    ExplanationConsumer(
            Map<String, Object> kafka,
            AnswerExplainer explainer,
            Consumer<ExplanationCompleted> publisher,
            RecordTraces traces) {
        this.config = new HashMap<>(kafka);
        this.config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        this.config.computeIfPresent(ConsumerConfig.CLIENT_ID_CONFIG, (key, id) -> id + "-" + GROUP);
        this.config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        this.explainer = explainer;
        this.publisher = publisher;
        this.traces = traces;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = new Thread(this, "explanations");
        thread.start();
    }

    @Override
    public synchronized void stop() {
        running = false;
        Thread ending = thread;
        if (ending == null) {
            return;
        }
        try {
            ending.join(STOP_LIMIT.toMillis());
            ending.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the models, whose registry it asks, and so stopped before them. */
    @Override
    public int getPhase() {
        return ServingModels.PHASE + 1;
    }

    @Override
    public void run() {
        while (running) {
            try (explainer;
                    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
                consumer.subscribe(List.of(Topics.EXPLANATION_REQUESTS.name()));
                consume(consumer);
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                LOG.warn("Explanations begin anew: {}", e.toString());
                pause();
            }
        }
    }

    private void consume(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        Instant asked = Instant.now();
        while (running) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                answer(record);
                consumer.commitSync();
                asked = Instant.now();
            }
            if (asked.plus(IDLE).isBefore(Instant.now())) {
                explainer.close();
            }
        }
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        ExplanationRequested wanted;
        try {
            wanted = Topics.EXPLANATION_REQUESTS.value(record);
        } catch (MalformedMessageException e) {
            LOG.warn("No wish for an explanation: {}", e.getMessage());
            return;
        }
        boolean answered = traces.during(traces.working(record, Instant.now()), () -> answer(wanted));
        if (!answered) {
            LOG.debug("Nobody waits for the explanation {} any more", wanted.explanationId());
        }
    }

    /** False when nobody waits for it any more. */
    private boolean answer(ExplanationRequested wanted) throws InterruptedException {
        while (running && wanted.until().isAfter(Instant.now())) {
            try {
                ExplanationCompleted before = done.get(wanted.explanationId());
                ExplanationCompleted explanation = before == null ? explainer.explain(wanted) : before;
                publisher.accept(explanation);
                if (explanation.method() != null) {
                    done.put(wanted.explanationId(), explanation);
                }
                return true;
            } catch (RuntimeException | IOException e) {
                LOG.warn("{} is explained later: {}", wanted.predictionId(), e.toString());
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
        return false;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
