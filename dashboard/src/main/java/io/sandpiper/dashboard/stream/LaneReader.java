/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.stream.LiveView.LaneNow;
import io.sandpiper.dashboard.stream.LiveView.PartitionNow;
import io.sandpiper.registry.LaneProgress;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Asks Kafka, on a thread of its own, what waits in the lanes and who shares them. Any thread may look. */
@Component
final class LaneReader implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(LaneReader.class);
    private static final long EVERY_MILLIS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Lanes lanes;
    private final Admin admin;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread reader = new Thread(task, "lane-reader");
        reader.setDaemon(true);
        return reader;
    });
    private volatile List<LaneNow> current = List.of();

    LaneReader(Lanes lanes, KafkaProperties kafka) {
        this.lanes = lanes;
        this.admin = Admin.create(new HashMap<>(kafka.buildAdminProperties()));
    }

    /** Empty before Kafka was asked for the first time; as it was seen last while Kafka is away. */
    List<LaneNow> current() {
        return current;
    }

    @Override
    public void afterPropertiesSet() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
        admin.close(LIMIT);
    }

    private void look() {
        try {
            List<LaneNow> seen = new ArrayList<>();
            for (Lane lane : lanes.all()) {
                seen.add(look(lane));
            }
            current = List.copyOf(seen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("The lanes cannot be looked up: {}", e.toString());
        }
    }

    private LaneNow look(Lane lane) throws InterruptedException, ExecutionException, TimeoutException {
        LaneProgress progress = LaneProgress.of(admin, lane, LIMIT);
        List<PartitionNow> partitions = progress.partitions().stream()
                .map(p -> new PartitionNow(p.partition(), p.waiting(), p.position(), p.end()))
                .toList();
        return new LaneNow(lane.name(), lane.topic().name(), progress.waiting(), partitions, members(lane));
    }

    private List<String> members(Lane lane) throws InterruptedException, ExecutionException, TimeoutException {
        Stream<String> shareRecords = orNone(
                        admin.describeShareGroups(List.of(lane.shareGroup())).all())
                .flatMap(group -> group.members().stream())
                .map(ShareMemberDescription::clientId);
        Stream<String> sharePartitions = orNone(
                        admin.describeConsumerGroups(List.of(lane.group())).all())
                .flatMap(group -> group.members().stream())
                .map(MemberDescription::clientId);
        return Stream.concat(shareRecords, sharePartitions).sorted().toList();
    }

    /** A group that nobody has been in yet is none. */
    private static <G> Stream<G> orNone(KafkaFuture<Map<String, G>> groups)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return groups.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).values().stream();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Stream.empty();
            }
            throw e;
        }
    }
}
