/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sandpiper.schemas.TrainingCompleted;
import io.sandpiper.schemas.TrainingEvent;
import io.sandpiper.schemas.TrainingProgressed;
import io.sandpiper.schemas.TrainingProgressed.Phase;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that take several times as long as Kafka lets a consumer be away from its poll. */
@EnabledIfSystemProperty(
        named = "sandpiper.test.nightly",
        matches = "true",
        disabledReason = "needs minutes: -Dsandpiper.test.nightly=true")
class LongTrainingIT extends SharedStandalone {

    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("sandpiper.test.long-training", 180));
    private static final String POLL_INTERVAL = "spring.kafka.consumer.properties.max.poll.interval.ms";
    private static final String HEARTBEAT = "spring.kafka.consumer.properties.heartbeat.interval.ms";
    private static final int PROBED_EPOCHS = 10;
    private static final int MAX_EPOCHS = 10_000;
    /** Epochs are not all alike. */
    private static final double MARGIN = 1.3;

    @TempDir
    private Path pictures;

    @Test
    void trainingLongerThanThePollInterval_staysWithItsWorker() throws Exception {
        // A poll that waits looks up as often as heartbeats are sent: by itself every 3 s.
        assertThatItStays("poll", 30, Duration.ofSeconds(3), Map.of(HEARTBEAT, 500), Duration.ofSeconds(10));
    }

    @Test
    void trainingOfMinutes_staysWithItsWorker() throws Exception {
        assertThatItStays("poll-long", 300, Duration.ofSeconds(30), Map.of(), LONG);
    }

    private void assertThatItStays(
            String model, int images, Duration pollInterval, Map<String, Object> more, Duration length)
            throws Exception {
        TrainingJobs jobs = new TrainingJobs(running, model);
        jobs.begin(pictures, images / 3);
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(POLL_INTERVAL, pollInterval.toMillis());
        running.standalone.stopTraining();
        running.standalone.restartTraining(settings);
        try {
            Duration epoch = epoch(jobs);
            int epochs = (int) Math.min(MAX_EPOCHS, 1 + MARGIN * length.toMillis() / epoch.toMillis());
            double rebalances = rebalances();
            String job = train(jobs, epochs, length.multipliedBy(5).plusMinutes(1));

            List<TrainingEvent> events = jobs.events(job);
            Duration took = Duration.between(taken(events), jobs.last(job).at());
            assertThat(took).as("%d epochs of %s", epochs, epoch).isGreaterThan(pollInterval.multipliedBy(3));
            assertThat(rebalances).as("the worker has joined its group").isPositive();
            assertThat(rebalances()).as("rebalances in %s", took).isEqualTo(rebalances);
            assertThat(attempts(events)).as("workers that took it up").isEqualTo(1);
            assertThat(events).filteredOn(TrainingCompleted.class::isInstance).hasSize(1);
            assertThat(jobs.versions(job)).hasSize(1);
        } finally {
            running.standalone.stopTraining();
            running.standalone.restartTraining();
        }
    }

    private static String train(TrainingJobs jobs, int epochs, Duration limit) throws Exception {
        String job = jobs.request(Map.of("epochs", epochs, "batchSize", 16, "recipe", "mnist-cnn"));
        await().atMost(limit).pollInterval(Duration.ofSeconds(1)).until(() -> jobs.ended(job) != null);
        return job;
    }

    /** How long one takes on this machine. */
    private static Duration epoch(TrainingJobs jobs) throws Exception {
        List<TrainingEvent> events = jobs.events(train(jobs, PROBED_EPOCHS, Duration.ofMinutes(2)));
        List<Instant> ends = events.stream()
                .filter(TrainingProgressed.class::isInstance)
                .map(TrainingProgressed.class::cast)
                .filter(event -> event.phase() == Phase.FITTING && event.checkpoint() != null)
                .map(TrainingProgressed::at)
                .toList();
        return Duration.between(ends.get(0), ends.get(ends.size() - 1))
                .dividedBy(PROBED_EPOCHS - 1)
                .plusMillis(1);
    }

    private static Instant taken(List<TrainingEvent> events) {
        return events.stream()
                .filter(TrainingProgressed.class::isInstance)
                .map(TrainingProgressed.class::cast)
                .filter(event -> event.phase() == Phase.LOADING)
                .findFirst()
                .orElseThrow()
                .at();
    }

    private static int attempts(List<TrainingEvent> events) {
        return events.stream()
                .filter(TrainingProgressed.class::isInstance)
                .mapToInt(event -> ((TrainingProgressed) event).attempt())
                .max()
                .orElse(0);
    }

    /** That the worker's consumer, which is in this process, has been through; its first joining is one. */
    private static double rebalances() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        double all = 0;
        for (ObjectName consumer : server.queryNames(
                new ObjectName("kafka.consumer:type=consumer-coordinator-metrics,client-id=training-worker*"), null)) {
            all += (double) server.getAttribute(consumer, "rebalance-total");
        }
        return all;
    }
}
