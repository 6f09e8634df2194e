/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.inbox;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageHeader;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.Blocking;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.idempotency.KeyedSubmissions;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.StoredObject;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.Topics;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Picks pictures up that are dropped into the bucket, and moves each to where it says what became of it. Any number of
 * instances may look: what a picture's key and content stand for is one prediction, whoever was first.
 */
@Component
@ConditionalOnBooleanProperty("sandpiper.ingest.inbox.enabled")
final class Inbox implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** In one look. */
    private static final int PICTURES = 1_000;

    private static final String RECEIPT = ".json";

    private final IngestProperties properties;
    private final ObjectStore store;
    private final ModelRegistryReader registry;
    private final PredictionIds ids;
    private final KeyedSubmissions submissions;
    private final ImageDecoder decoder;
    private @Nullable ScheduledExecutorService thread;

    Inbox(
            IngestProperties properties,
            ObjectStore store,
            ModelRegistryReader ingestModelRegistry,
            PredictionIds ids,
            KeyedSubmissions submissions) {
        this.properties = properties;
        this.store = store;
        this.registry = ingestModelRegistry;
        this.ids = ids;
        this.submissions = submissions;
        this.decoder = new ImageDecoder(properties.imageLimits());
    }

    /**
     * Lies beside a picture that was picked up.
     *
     * @param predictionId absent when it was refused
     * @param reason why it was refused; absent when it was not
     */
    record Receipt(@Nullable String predictionId, @Nullable String reason, Instant at) {}

    @Override
    public synchronized void start() {
        long every = properties.inbox().every().toMillis();
        thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "inbox"));
        var unused = thread.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void look() {
        try {
            store.list(ObjectKeys.INBOX).limit(PICTURES).forEach(this::pickUp);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The inbox is looked into again in {}: {}",
                    properties.inbox().every(),
                    e.toString());
        }
    }

    /** What fails in between is taken up again by the next look, under the same key. */
    private void pickUp(StoredObject object) {
        String path = object.key().substring(ObjectKeys.INBOX.length());
        int slash = path.indexOf('/');
        if (slash < 1 || path.endsWith("/")) {
            return;
        }
        String model = path.substring(0, slash);
        if (registry.current().champion(model) == null) {
            LOG.warn("{} waits: there is no model of that name in service", object.key());
            return;
        }
        if (object.bytes() > properties.imageLimits().maxBytes()) {
            move(object, ObjectKeys.INBOX_REFUSED + path, new Receipt(null, "image-too-large", Instant.now()));
            return;
        }
        Optional<byte[]> image =
                store.get(object.key(), properties.imageLimits().maxBytes());
        if (image.isEmpty()) {
            return;
        }
        try {
            ImageHeader header = decoder.inspect(image.get());
            String id = submit(object, model, header.format().mediaType(), image.get());
            move(object, ObjectKeys.INBOX_DONE + path, new Receipt(id, null, Instant.now()));
        } catch (ImageRejectedException e) {
            move(
                    object,
                    ObjectKeys.INBOX_REFUSED + path,
                    new Receipt(null, e.code().wireName(), Instant.now()));
        }
    }

    private String submit(StoredObject object, String model, String contentType, byte[] image) {
        String holder = Holder.LOCAL.name();
        ImageSubmitted submitted = new ImageSubmitted(ids.next(holder), model, contentType, Instant.now(), image);
        return String.valueOf(Blocking.await(
                submissions.submit(holder, object.key() + "\n" + object.etag(), Topics.IMAGES_BULK, submitted)));
    }

    /** The receipt first: a picture that is gone from the inbox has one. */
    private void move(StoredObject object, String to, Receipt receipt) {
        store.put(to + RECEIPT, Json.write(receipt), "application/json");
        store.copy(object.key(), to);
        store.delete(object.key());
    }
}
