/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.model.ServingModels;
import io.sandpiper.service.ServiceReadiness;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.kafka.event.ConsumerRetryAuthSuccessfulEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Starts the consumer once a first model serves, so that a worker without one takes no partition from another; and
 * again when it stopped for a reason of its own, such as a fenced producer. What was not committed is read again.
 */
public final class ImageConsumer implements SmartLifecycle, ServiceReadiness {

    private static final Logger LOG = LoggerFactory.getLogger(ImageConsumer.class);
    private static final Duration RESTART_AFTER = Duration.ofSeconds(1);

    private final ServingModels models;
    private final List<LaneConsumer> lanes;
    private final ScheduledExecutorService starter = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "image-consumer-starter");
        thread.setDaemon(true);
        return thread;
    });
    private boolean running;
    /** Lanes whose consumers Kafka turns away for want of rights. */
    private final Set<Object> refused = ConcurrentHashMap.newKeySet();

    ImageConsumer(ServingModels models, List<LaneConsumer> lanes) {
        this.models = models;
        this.lanes = List.copyOf(lanes);
    }

    /** Whether pictures are being answered: a model serves, and partitions are assigned. */
    public boolean isConsuming() {
        return lanes.stream().allMatch(LaneConsumer::isConsuming);
    }

    /** Whether it could answer pictures: a model serves, and no lane stands still. */
    @Override
    public boolean isReady() {
        return lanes.stream().allMatch(LaneConsumer::isRunning) && refused.isEmpty();
    }

    @Override
    public synchronized void start() {
        running = true;
        starter.execute(this::startWhenReady);
    }

    @Override
    public void stop() {
        synchronized (this) {
            running = false;
        }
        starter.shutdownNow();
        lanes.stream()
                .map(lane -> CompletableFuture.runAsync(lane::stop))
                .toList()
                .forEach(CompletableFuture::join);
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }

    /** After the models, and so stopped before them. */
    @Override
    public int getPhase() {
        return ServingModels.PHASE + 1;
    }

    @EventListener
    void onStopped(ConsumerStoppedEvent event) {
        if (isRunning() && event.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
            LOG.warn("The consumer stopped ({}) and is started again", event.getReason());
            var unused = starter.schedule(this::startWhenReady, RESTART_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @EventListener
    void onRefused(ConsumerRetryAuthEvent event) {
        LOG.error("Kafka refuses the consumer ({}); it goes on asking", event.getReason());
        refused.add(event.getContainer(MessageListenerContainer.class));
    }

    @EventListener
    void onAllowed(ConsumerRetryAuthSuccessfulEvent event) {
        refused.remove(event.getContainer(MessageListenerContainer.class));
    }

    private void startWhenReady() {
        try {
            models.awaitFirst();
            synchronized (this) {
                if (running) {
                    lanes.forEach(LaneConsumer::start);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
