/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.admission;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.schemas.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether one more picture is taken in: by its sender's rate, by the memory that requests under way may take, and by how
 * long it would wait. Refusing costs next to nothing, so that what was accepted gets done. Thread-safe; never blocks.
 */
@Component
public final class Admission {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final IngestProperties properties;
    private final Backlogs backlogs;
    private final long maxBytes;
    private final AtomicLong bytesHeld = new AtomicLong();
    private final Semaphore publishing;
    private final Semaphore explaining;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    Admission(IngestProperties properties, Backlogs backlogs) {
        this.properties = properties;
        this.backlogs = backlogs;
        this.publishing = new Semaphore(properties.maxPublishing());
        this.explaining = new Semaphore(properties.maxExplanations());
        this.maxBytes = properties.maxBytesInFlight().toBytes();
    }

    /** Where the next picture stands. */
    public record Outlook(long position, @Nullable Long etaMillis) {}

    /** What a request holds while it is under way; to be closed when it has ended, in whatever way. */
    public interface Ticket extends AutoCloseable {

        @Override
        void close();
    }

    /** What a request holds of the memory for all. Any thread may close it, also while another adds. */
    public final class Memory implements Ticket {

        private long mine;
        private boolean closed;

        private Memory() {}

        /**
         * Counts bytes that have come. Those that were only announced do not count: a few clients that announce much and
         * send slowly would keep everybody else out.
         *
         * @throws RefusedException when all requests together hold too much
         */
        public synchronized void add(int bytes) {
            if (closed) {
                return; // the request has ended: nobody keeps them
            }
            mine += bytes;
            if (bytesHeld.addAndGet(bytes) > maxBytes) {
                throw busy();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            bytesHeld.addAndGet(-mine);
            mine = 0;
        }
    }

    /**
     * Takes nothing: for whoever wants to know before anything else is done.
     *
     * @throws RefusedException when the holder's next picture would come too soon
     */
    public void requireRate(Holder holder) {
        int perSecond = perSecond(holder);
        if (perSecond > 0) {
            requireNoWait(bucket(holder, perSecond).untilNext(System.nanoTime()), perSecond);
        }
    }

    /**
     * Lets a picture in.
     *
     * @param lane that it is for
     * @param bytes as many as it announces; 0 when it does not
     * @param deadline until when an answer is of use
     * @throws RefusedException when it is not taken now; says when to come back
     */
    public Memory admit(Holder holder, Lane lane, long bytes, @Nullable Instant deadline) {
        takeRate(holder);
        requireEta(backlogs.of(lane), deadline);
        if (publishing.availablePermits() == 0) {
            throw busy();
        }
        return reserve(bytes);
    }

    /**
     * A picture that was read goes to Kafka. So many at a time that whoever comes too much is told soon, and not after
     * having waited behind all others.
     *
     * @throws RefusedException when too many are on their way
     */
    public Ticket publish() {
        return ticket(publishing);
    }

    /**
     * Lets a wish for an explanation in, which costs as much as a picture or more.
     *
     * @throws RefusedException when it comes too soon, or too many are being drawn
     */
    public Ticket explain(Holder holder) {
        takeRate(holder);
        return ticket(explaining);
    }

    private static Ticket ticket(Semaphore permits) {
        if (!permits.tryAcquire()) {
            throw busy();
        }
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                permits.release();
            }
        };
    }

    /**
     * Lets an archive in.
     *
     * @throws RefusedException when the bulk lane is full
     */
    public void admitBulk() {
        long waiting = backlogs.of(Lane.BULK).waiting();
        if (waiting > properties.maxBulkBacklog()) {
            throw new RefusedException("overloaded", "%d pictures wait in the bulk lane.".formatted(waiting), LATEST);
        }
    }

    /** How long a holder has to wait before its next picture; zero: not at all, and then that one is counted. */
    public Duration pace(Holder holder) {
        int perSecond = perSecond(holder);
        return perSecond == 0 ? Duration.ZERO : bucket(holder, perSecond).take(System.nanoTime());
    }

    /**
     * Memory alone, for a request whose pictures are let in one by one.
     *
     * @throws RefusedException when there is not room for as much now
     */
    public Memory reserve(long bytes) {
        if (bytesHeld.get() + bytes > maxBytes) {
            throw busy();
        }
        return new Memory();
    }

    private static RefusedException busy() {
        return new RefusedException("busy", "Too much is being sent at once. Send it again.", SOON);
    }

    /** A picture that was let in is in its lane now. */
    public Outlook submitted(Lane lane) {
        Backlog backlog = backlogs.of(lane);
        OptionalLong eta = backlog.etaMillis();
        Outlook outlook = new Outlook(backlog.waiting(), eta.isPresent() ? eta.getAsLong() : null);
        backlog.submitted();
        return outlook;
    }

    private void takeRate(Holder holder) {
        int perSecond = perSecond(holder);
        if (perSecond > 0) {
            requireNoWait(bucket(holder, perSecond).take(System.nanoTime()), perSecond);
        }
    }

    private static void requireNoWait(Duration wait, int perSecond) {
        if (!wait.isZero()) {
            throw new RefusedException(
                    "rate-limited", "This key may send %d pictures a second.".formatted(perSecond), atLeastSoon(wait));
        }
    }

    private int perSecond(Holder holder) {
        return holder.imagesPerSecond() == null ? properties.imagesPerSecond() : holder.imagesPerSecond();
    }

    private TokenBucket bucket(Holder holder, int perSecond) {
        String key = holder.keyId() == null ? "" : holder.keyId();
        return buckets.computeIfAbsent(key, k -> new TokenBucket(perSecond, System.nanoTime()));
    }

    private void requireEta(Backlog backlog, @Nullable Instant deadline) {
        OptionalLong eta = backlog.etaMillis();
        if (eta.isEmpty() || !backlog.isMeasured()) {
            if (backlog.waiting() > properties.maxBacklog()) {
                throw new RefusedException(
                        "overloaded",
                        "%d pictures wait, and nobody knows for how long.".formatted(backlog.waiting()),
                        LATEST);
            }
            return;
        }
        Duration wait = Duration.ofMillis(eta.getAsLong());
        if (wait.compareTo(properties.maxEta()) > 0) {
            throw new RefusedException(
                    "overloaded",
                    "A picture would wait %d s, more than the %d s it may."
                            .formatted(wait.toSeconds(), properties.maxEta().toSeconds()),
                    atLeastSoon(wait.minus(properties.maxEta())));
        }
        if (deadline != null && Instant.now().plus(wait).isAfter(deadline)) {
            throw new RefusedException(
                    "deadline-unreachable",
                    "A picture waits %d ms now, longer than until the deadline.".formatted(wait.toMillis()),
                    atLeastSoon(wait));
        }
    }

    private static Duration atLeastSoon(Duration wait) {
        Duration rounded = wait.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
        return rounded.compareTo(SOON) < 0 ? SOON : rounded.compareTo(LATEST) > 0 ? LATEST : rounded;
    }
}
