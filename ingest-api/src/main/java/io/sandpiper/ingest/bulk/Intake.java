/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.bulk;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageHeader;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.archive.EntrySink;
import io.sandpiper.ingest.idempotency.IdempotencyKeyException;
import io.sandpiper.ingest.publish.BulkPublisher;
import io.sandpiper.ingest.result.BulkJob;
import io.sandpiper.schemas.BulkEntryRefused;
import io.sandpiper.schemas.BulkEvent;
import io.sandpiper.schemas.BulkProgressed;
import io.sandpiper.schemas.BulkReceived;
import io.sandpiper.schemas.BulkRef;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the entries of one archive in pieces, each with a note of how far it goes. Entries that were sent before are
 * passed over, once it is sure that they are the same. Belongs to one thread.
 */
final class Intake implements EntrySink {

    private static final int PIECE_ENTRIES = 128;
    private static final long PIECE_BYTES = 8 << 20;
    private static final Duration PIECE_AGE = Duration.ofMillis(500);

    private final BulkPublisher.Job job;
    private final BulkJob before;
    private final ImageDecoder decoder;
    private final Supplier<String> ids;
    private final Supplier<Duration> pace;
    private final List<ImageSubmitted> pictures = new ArrayList<>();
    private final List<BulkEvent> events = new ArrayList<>();
    private long pieceBytes;
    private long pieceSince;
    private String digest = "";
    private int index;
    private int accepted;
    private int refused;

    /**
     * @param before what is known of the job
     * @param ids the next prediction id
     * @param pace how long to wait before the next picture is sent
     */
    Intake(BulkPublisher.Job job, BulkJob before, ImageLimits limits, Supplier<String> ids, Supplier<Duration> pace) {
        this.job = job;
        this.before = before;
        this.decoder = new ImageDecoder(limits);
        this.ids = ids;
        this.pace = pace;
    }

    @Override
    public void picture(String name, byte[] image) throws InterruptedException {
        ImageHeader header;
        try {
            header = decoder.inspect(image);
        } catch (ImageRejectedException e) {
            refused(name, new Reason(e.code().wireName(), String.valueOf(e.getMessage())));
            return;
        }
        accepted++;
        BulkRef entry = new BulkRef(before.jobId(), index, name);
        if (isNew(name, Sha256.of(image))) {
            for (Duration wait = pace.get(); !wait.isZero(); wait = pace.get()) {
                Thread.sleep(wait.toMillis() + 1);
            }
            pictures.add(job.checkIn(new ImageSubmitted(
                    ids.get(),
                    before.model(),
                    header.format().mediaType(),
                    Instant.now(),
                    null,
                    null,
                    entry,
                    null,
                    image)));
            grow(image.length);
        }
    }

    @Override
    public void refused(String name, Reason reason) {
        refused++;
        BulkRef entry = new BulkRef(before.jobId(), index, name);
        if (isNew(name, reason.code())) {
            events.add(new BulkEntryRefused(
                    entry.jobId(), entry.index(), entry.name(), State.REJECTED, reason, Instant.now()));
            grow(0);
        }
    }

    /** No more entries come. */
    void end(@Nullable Reason reason) {
        if (index < before.published() && reason == null) {
            throw IdempotencyKeyException.reused();
        }
        events.add(new BulkReceived(before.jobId(), Math.max(index, before.published()), reason, Instant.now()));
        send();
    }

    int accepted() {
        return accepted;
    }

    int refused() {
        return refused;
    }

    /** Counts the entry. When it was sent before, the archive must be the same up to there. */
    private boolean isNew(String name, String content) {
        index++;
        digest = Sha256.of((digest + "\n" + name + "\n" + content).getBytes(StandardCharsets.UTF_8));
        if (index == before.published() && !digest.equals(before.digest())) {
            throw IdempotencyKeyException.reused();
        }
        return index > before.published();
    }

    private void grow(int bytes) {
        long now = System.nanoTime();
        if (pictures.size() + events.size() == 1) {
            pieceSince = now;
        }
        pieceBytes += bytes;
        if (pictures.size() + events.size() >= PIECE_ENTRIES
                || pieceBytes >= PIECE_BYTES
                || now - pieceSince > PIECE_AGE.toNanos()) {
            send();
        }
    }

    private void send() {
        if (index > before.published()) {
            events.add(new BulkProgressed(before.jobId(), index, digest, Instant.now()));
        }
        job.send(pictures, events);
        pictures.clear();
        events.clear();
        pieceBytes = 0;
    }
}
