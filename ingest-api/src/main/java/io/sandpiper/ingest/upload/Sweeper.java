/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.upload;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.dataset.Datasets;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.StoredObject;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Takes objects away that nobody needs: pictures and explanations whose records are gone, networks that no import took up, and labelled
 * pictures of which no event tells. Every instance does so, at moments of its own; taking away twice does no harm.
 */
@Component
final class Sweeper implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    /** Longer than anything is under way between its object and its event. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final ObjectStore store;
    private final BooleanSupplier knowsAll;
    private final Predicate<String> isKnown;
    private final Duration every;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread sweeper = new Thread(task, "sweeper");
        sweeper.setDaemon(true);
        return sweeper;
    });

    @Autowired
    Sweeper(ObjectStore store, Datasets datasets, IngestProperties properties) {
        this(store, datasets::isCaughtUp, datasets::isKnown, properties.sweepEvery());
    }

    /**
     * @param knowsAll whether every event was read
     * @param isKnown by key, whether an event tells of a labelled picture
     */
    Sweeper(ObjectStore store, BooleanSupplier knowsAll, Predicate<String> isKnown, Duration every) {
        this.store = store;
        this.knowsAll = knowsAll;
        this.isKnown = isKnown;
        this.every = every;
    }

    @Override
    public void afterPropertiesSet() {
        var unused = thread.scheduleWithFixedDelay(
                () -> sweep(Instant.now()), every.toSeconds(), every.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    void sweep(Instant now) {
        Instant answered = now.minus(Topics.ANSWER_RETENTION).minus(GRACE);
        try {
            sweep(ObjectKeys.CLAIMS, object -> object.modifiedAt().isBefore(answered));
            sweep(ObjectKeys.EXPLANATIONS, object -> object.modifiedAt().isBefore(answered));
            sweep(ObjectKeys.UPLOADS, object -> object.modifiedAt().isBefore(answered));
            if (knowsAll.getAsBoolean()) {
                sweep(
                        ObjectKeys.TRAINING_IMAGES,
                        object -> object.modifiedAt().isBefore(now.minus(GRACE)) && !isKnown.test(object.key()));
            }
        } catch (RuntimeException e) {
            LOG.warn("The object store could not be swept, trying again in {}: {}", every, e.getMessage());
        }
    }

    private void sweep(String prefix, Predicate<StoredObject> unneeded) {
        long swept = store.list(prefix)
                .filter(unneeded)
                .peek(object -> store.delete(object.key()))
                .count();
        if (swept > 0) {
            LOG.info("{} objects under {} are gone that nobody needed", swept, prefix);
        }
    }
}
