/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.dashboard.stream.LiveView.LaneNow;
import io.sandpiper.dashboard.stream.LiveView.PartitionNow;
import io.sandpiper.registry.AdminWatch;
import io.sandpiper.registry.LaneProgress;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Asks Kafka once a second what waits in the lanes and who shares them. Any thread may look. */
@Component
final class LaneReader implements InitializingBean, DisposableBean {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Lanes lanes;
    private final AdminWatch watch;
    /** By lane, at the last look. Belongs to the watch's thread. */
    private final Map<String, LaneProgress> seen = new HashMap<>();

    private volatile List<LaneNow> current = List.of();

    LaneReader(Lanes lanes, KafkaProperties kafka) {
        this.lanes = lanes;
        this.watch = new AdminWatch("lane-reader", kafka.buildAdminProperties(), EVERY, this::look);
    }

    /** Empty before Kafka was asked for the first time; as it was seen last while Kafka is away. */
    List<LaneNow> current() {
        return current;
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
        List<LaneNow> all = new ArrayList<>();
        for (Lane lane : lanes.all()) {
            all.add(look(admin, lane));
        }
        current = List.copyOf(all);
    }

    private LaneNow look(Admin admin, Lane lane) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> members = members(admin, lane);
        LaneProgress progress = LaneProgress.of(admin, lane, LIMIT);
        LaneProgress before = seen.put(lane.name(), progress);
        List<PartitionNow> partitions = progress.partitions().stream()
                .map(p -> new PartitionNow(
                        p.partition(),
                        !members.isEmpty() && isMark(p, before) ? 0 : p.waiting(),
                        p.position(),
                        p.end()))
                .toList();
        long waiting = partitions.stream().mapToLong(PartitionNow::waiting).sum();
        return new LaneNow(lane.name(), lane.topic().name(), waiting, partitions, members);
    }

    /**
     * Whether what waits is the mark at the end of a transaction, which nobody is to answer: workers that are there would
     * have taken a picture since the last look.
     */
    private static boolean isMark(LaneProgress.Partition partition, @Nullable LaneProgress before) {
        return partition.waiting() == 1 && before != null && before.partitions().contains(partition);
    }

    private static List<String> members(Admin admin, Lane lane)
            throws InterruptedException, ExecutionException, TimeoutException {
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
