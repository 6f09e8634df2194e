/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.registry.AdminWatch;
import io.sandpiper.registry.LaneProgress;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Asks Kafka twice a second how far the workers are behind. While it is away, what was seen last stands. */
@Component
final class BacklogReader implements InitializingBean, DisposableBean {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Lanes lanes;
    private final Backlogs backlogs;
    private final AdminWatch watch;

    BacklogReader(Lanes lanes, Backlogs backlogs, KafkaProperties kafka) {
        this.lanes = lanes;
        this.backlogs = backlogs;
        this.watch = new AdminWatch("backlog-reader", kafka.buildAdminProperties(), EVERY, this::look);
    }

    @Override
    public void afterPropertiesSet() {
        watch.start();
    }

    @Override
    public void destroy() {
        watch.close();
    }

    private void look(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        for (Lane lane : lanes.all()) {
            Backlog backlog = backlogs.of(lane);
            long before = backlog.beforeLook();
            LaneProgress progress = LaneProgress.of(admin, lane, LIMIT);
            backlog.looked(progress.waiting(), progress.answered(), before, System.nanoTime());
        }
    }
}
