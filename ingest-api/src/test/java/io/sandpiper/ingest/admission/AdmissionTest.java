/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.schemas.ApiKeyChanged.Scope;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AdmissionTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int MEBIBYTE = 1 << 20;

    private final Backlogs backlogs = new Backlogs(new SimpleMeterRegistry());
    private final Backlog backlog = backlogs.of(Lane.INTERACTIVE);

    @Test
    void idle_letsEverybodyIn() {
        Admission admission = admission(Map.of());

        assertThatCode(() ->
                        admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null).close())
                .doesNotThrowAnyException();
        assertThat(admission.submitted(Lane.INTERACTIVE)).isEqualTo(new Admission.Outlook(0, 0L));
        assertThat(admission.submitted(Lane.INTERACTIVE).position()).isEqualTo(1);
    }

    @Test
    void outlook_isTheBacklogByTheMeasuredRate() {
        working(100, 600);

        assertThat(admission(Map.of()).submitted(Lane.INTERACTIVE)).isEqualTo(new Admission.Outlook(600, 6_000L));
    }

    @Test
    void queueOfAnotherLane_isNobodysBusiness() {
        working(100, 3_500);
        Lane own = new Lanes(List.of("slow")).ofModel("slow");
        Admission admission = admission(Map.of());

        assertThatCode(() -> admission.admit(Holder.LOCAL, own, 1, null).close())
                .doesNotThrowAnyException();
        assertThat(admission.submitted(own)).isEqualTo(new Admission.Outlook(0, 0L));
    }

    @Test
    void tooLongAQueue_isRefused_withTheTimeToComeBack() {
        working(100, 3_500);

        RefusedException refused = refused(admission(Map.of()), Holder.LOCAL, 1, null);

        assertThat(refused.code()).isEqualTo("overloaded");
        assertThat(refused.isQuota()).isFalse();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void deadlineThatCannotBeKept_isRefusedAtOnce() {
        working(100, 1_000);
        Admission admission = admission(Map.of());

        assertThat(refused(admission, Holder.LOCAL, 1, Instant.now().plusSeconds(5))
                        .code())
                .isEqualTo("deadline-unreachable");
        assertThatCode(() -> admission.admit(
                        Holder.LOCAL, Lane.INTERACTIVE, 1, Instant.now().plusSeconds(60)))
                .doesNotThrowAnyException();
    }

    /** The mark at the end of a transaction looks like a record that nobody answers. */
    @Test
    void recordThatIsNeverAnswered_doesNotShutTheDoor() {
        working(1_000, 1);
        for (int i = 7; i < 200; i++) {
            backlog.looked(1, 6_000, 0, i * SECOND);

            assertThatCode(() -> admission(Map.of()).admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null))
                    .doesNotThrowAnyException();
        }
    }

    /** Ten pictures a second came, and ten a second were answered: that says nothing of what the workers can do. */
    @Test
    void quietMinute_isNotTakenForSlowWorkers() {
        for (int half = 1; half < 120; half++) {
            backlog.looked(1, half * 5L, 0, half * SECOND / 2);
        }
        Admission admission = admission(Map.of());
        for (int i = 0; i < 5_000; i++) {
            admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null).close();
            admission.submitted(Lane.INTERACTIVE);
        }
    }

    /** After a rebalance the first look sees a handful of answers. */
    @Test
    void workersThatJustBegan_areNotTakenForSlow() {
        backlog.looked(150, 0, 0, SECOND);
        backlog.looked(200, 1, 0, SECOND + SECOND / 2);
        backlog.looked(250, 2, 0, 2 * SECOND);

        assertThatCode(() -> admission(Map.of()).admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null))
                .doesNotThrowAnyException();
    }

    @Test
    void noWorker_isWaitedForUpToABound() {
        Admission admission = admission(Map.of("max-backlog", "10"));
        for (int i = 0; i < 11; i++) {
            admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null).close();
            admission.submitted(Lane.INTERACTIVE);
        }

        assertThat(refused(admission, Holder.LOCAL, 1, null).code()).isEqualTo("overloaded");
    }

    @Test
    void memory_isGivenOutOnce_andComesBack() {
        Admission admission = admission(Map.of("max-bytes-in-flight", "20MB"));
        Admission.Memory first = admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 10 * MEBIBYTE, null);
        Admission.Memory second = admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 10 * MEBIBYTE, null);
        first.add(10 * MEBIBYTE);
        second.add(9 * MEBIBYTE);

        assertThat(refused(admission, Holder.LOCAL, 10 * MEBIBYTE, null).code()).isEqualTo("busy");
        assertThat(catchThrowableOfType(RefusedException.class, () -> second.add(2 * MEBIBYTE))
                        .code())
                .isEqualTo("busy");
        second.close();
        second.close();
        second.add(9 * MEBIBYTE);
        assertThatCode(() -> admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 10 * MEBIBYTE, null))
                .doesNotThrowAnyException();
        assertThat(refused(admission, Holder.LOCAL, 11 * MEBIBYTE, null).code()).isEqualTo("busy");
        first.close();
    }

    /** A dozen clients that announce ten megabytes each, and send nothing. */
    @Test
    void memoryThatIsOnlyAnnounced_isNotTakenFromOthers() {
        Admission admission = admission(Map.of("max-bytes-in-flight", "20MB"));
        for (int i = 0; i < 12; i++) {
            admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 10 * MEBIBYTE, null);
        }

        assertThatCode(() -> admission
                        .admit(Holder.LOCAL, Lane.INTERACTIVE, 10 * MEBIBYTE, null)
                        .add(10 * MEBIBYTE))
                .doesNotThrowAnyException();
    }

    /** Requests that all wait behind each other are all told late: those behind a bound are told at once. */
    @Test
    void tooManyOnTheirWay_areRefused_beforeAndAfterTheyWereRead() {
        Admission admission = admission(Map.of("max-publishing", "2"));
        admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null).close();
        Admission.Ticket first = admission.publish();
        Admission.Ticket second = admission.publish();

        assertThat(refused(admission, Holder.LOCAL, 1, null).code()).isEqualTo("busy");
        assertThat(catchThrowableOfType(RefusedException.class, admission::publish)
                        .code())
                .isEqualTo("busy");
        first.close();
        assertThatCode(() -> admission.admit(Holder.LOCAL, Lane.INTERACTIVE, 1, null))
                .doesNotThrowAnyException();
        assertThatCode(admission::publish).doesNotThrowAnyException();
        second.close();
    }

    @Test
    void greedyKey_isHeldBack_theOthersAreNot() {
        Admission admission = admission(Map.of("images-per-second", "50"));
        Holder greedy = holder("greedy", 20);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            try {
                admission.admit(greedy, Lane.INTERACTIVE, 1, null).close();
                codes.add("in");
            } catch (RefusedException e) {
                codes.add(e.code());
                assertThat(e.isQuota()).isTrue();
                assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            }
        }
        assertThat(codes.stream().filter("in"::equals).count()).isBetween(20L, 30L);
        for (String name : List.of("b", "c", "d", "e")) {
            for (int i = 0; i < 25; i++) {
                admission.admit(holder(name, null), Lane.INTERACTIVE, 1, null).close();
            }
        }
    }

    @Test
    void bucket_neverGivesMoreThanItsRate() {
        TokenBucket bucket = new TokenBucket(10, 0);
        int given = 0;
        for (long now = 0; now <= 10 * SECOND; now += SECOND / 1000) {
            given += bucket.take(now).isZero() ? 1 : 0;
        }

        assertThat(given).as("ten seconds, and one second's store").isBetween(109, 110);
    }

    /** Seconds in each of which so many were answered, after which so many are left. */
    private void working(int perSecond, long waiting) {
        for (int second = 1; second < 6; second++) {
            backlog.looked(perSecond + waiting, second * (long) perSecond, 0, second * SECOND);
        }
        backlog.looked(waiting, 6L * perSecond, 0, 6 * SECOND);
    }

    private Admission admission(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(Map.of("sandpiper.ingest.state-dir", "x"));
        settings.forEach((name, value) -> values.put("sandpiper.ingest." + name, value));
        return new Admission(
                new Binder(new MapConfigurationPropertySource(values))
                        .bindOrCreate("sandpiper.ingest", IngestProperties.class),
                backlogs);
    }

    private static RefusedException refused(
            Admission admission, Holder holder, long bytes, @Nullable Instant deadline) {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> admission.admit(holder, Lane.INTERACTIVE, bytes, deadline));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static Holder holder(String name, @Nullable Integer imagesPerSecond) {
        return new Holder(name, name, Set.of(Scope.PREDICT), imagesPerSecond);
    }
}
