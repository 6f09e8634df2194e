/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.registry.LaneProgress;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Asks Kafka twice a second, on a thread of its own, how far the workers are behind. */
@Component
final class BacklogReader implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogReader.class);

    private static final long EVERY_MILLIS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Lanes lanes;
    private final Backlogs backlogs;
    private final Admin admin;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread reader = new Thread(task, "backlog-reader");
        reader.setDaemon(true);
        return reader;
    });

    BacklogReader(Lanes lanes, Backlogs backlogs, KafkaProperties kafka) {
        this.lanes = lanes;
        this.backlogs = backlogs;
        this.admin = Admin.create(new HashMap<>(kafka.buildAdminProperties()));
    }

    @Override
    public void afterPropertiesSet() {
        var unused = thread.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
        admin.close(LIMIT);
    }

    private void look() {
        try {
            for (Lane lane : lanes.all()) {
                Backlog backlog = backlogs.of(lane);
                long before = backlog.beforeLook();
                LaneProgress progress = LaneProgress.of(admin, lane, LIMIT);
                backlog.looked(progress.waiting(), progress.answered(), before, System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // What was seen last stands; sending will tell whether Kafka is there.
            LOG.debug("The backlog cannot be looked up: {}", e.toString());
        }
    }
}
