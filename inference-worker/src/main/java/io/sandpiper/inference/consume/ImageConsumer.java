/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.model.ServingModels;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.stereotype.Component;

/** Starts the consumer once a first model serves, so that a worker without one takes no partition from another. */
@Component
public final class ImageConsumer implements SmartLifecycle {

    private final ServingModels models;
    private final KafkaMessageListenerContainer<byte[], byte[]> images;
    private final Thread starter = new Thread(this::startWhenReady, "image-consumer-starter");
    private volatile boolean running;

    ImageConsumer(ServingModels models, KafkaMessageListenerContainer<byte[], byte[]> images) {
        this.models = models;
        this.images = images;
    }

    @Override
    public void start() {
        running = true;
        starter.setDaemon(true);
        starter.start();
    }

    /** Whether pictures are being answered: a model serves, and partitions are assigned. */
    public boolean isConsuming() {
        var assigned = images.getAssignedPartitions();
        return images.isRunning() && assigned != null && !assigned.isEmpty();
    }

    private void startWhenReady() {
        try {
            models.awaitFirst();
            images.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        starter.interrupt();
        images.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the models, and so stopped before them. */
    @Override
    public int getPhase() {
        return ServingModels.PHASE + 1;
    }
}
