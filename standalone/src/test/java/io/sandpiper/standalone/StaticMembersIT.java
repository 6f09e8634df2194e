/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Topics;
import io.sandpiper.testsupport.DrawnDigits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Workers that keep their partitions while they are restarted. CONTRIBUTING.md has the command. */
@EnabledIfSystemProperty(
        named = "sandpiper.test.nightly",
        matches = "true",
        disabledReason = "off by default, like the setting it is about: -Dsandpiper.test.nightly=true")
class StaticMembersIT {

    private static final String STATIC_MEMBERSHIP = "sandpiper.inference.static-membership";
    /** However slow this machine is, the worker is back before it is given up. */
    private static final Map<ConfigResource, Collection<AlterConfigOp>> LONG_SESSION = Map.of(
            new ConfigResource(ConfigResource.Type.GROUP, Lane.INTERACTIVE.group()),
            List.of(new AlterConfigOp(
                    new ConfigEntry("consumer.session.timeout.ms", "60000"), AlterConfigOp.OpType.SET)));

    private static final int PICTURES = 20;

    @AfterEach
    void reset() {
        System.clearProperty(STATIC_MEMBERSHIP);
    }

    @Test
    void workerThatIsRestarted_hasItsPartitionsAgain_andNobodyElseMoves(@TempDir Path data) throws Exception {
        System.setProperty(STATIC_MEMBERSHIP, "true");
        try (Running running = Running.on(data);
                Admin admin = Admin.create(running.kafka())) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(assigned(admin).values()).hasSize(2).noneMatch(Set::isEmpty));
            admin.incrementalAlterConfigs(LONG_SESSION).all().get();
            Map<String, Set<TopicPartition>> before = assigned(admin);

            running.standalone.stopWorker(2);
            for (int i = 0; i < PICTURES; i++) {
                assertThat(running.submit(DrawnDigits.png(i % 10, i)).status()).isEqualTo(202);
            }
            assertThat(assigned(admin)).isEqualTo(before);
            running.standalone.restartWorker(2);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(running.records(Topics.PREDICTIONS)).hasSize(PICTURES));
            assertThat(assigned(admin)).isEqualTo(before);
        }
    }

    /** By the name that a member keeps. */
    private static Map<String, Set<TopicPartition>> assigned(Admin admin) throws Exception {
        Map<String, Set<TopicPartition>> assigned = new TreeMap<>();
        String group = Lane.INTERACTIVE.group();
        admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .forEach(member -> assigned.put(
                        member.groupInstanceId().orElse(member.consumerId()),
                        member.assignment().topicPartitions()));
        return assigned;
    }
}
