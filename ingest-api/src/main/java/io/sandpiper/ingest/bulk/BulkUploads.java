/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.bulk;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageHeader;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.archive.ArchiveLimits;
import io.sandpiper.ingest.archive.ArchiveReader;
import io.sandpiper.ingest.archive.ArchiveStoppedException;
import io.sandpiper.ingest.archive.EntrySink;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.BulkEntryRefused;
import io.sandpiper.schemas.BulkEvent;
import io.sandpiper.schemas.BulkReceived;
import io.sandpiper.schemas.BulkRef;
import io.sandpiper.schemas.BulkStarted;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes an archive apart: each picture goes to the bulk lane by itself, each bad entry into the job's report. */
@Component
public final class BulkUploads {

    /** Of what is on its way to Kafka: less than its producer holds, so that sending does not fail for lack of room. */
    private static final int WINDOW_BYTES = 16 << 20;

    private final IngestProperties properties;
    private final PredictionIds ids;
    private final Publisher publisher;

    BulkUploads(IngestProperties properties, PredictionIds ids, Publisher publisher) {
        this.properties = properties;
        this.ids = ids;
        this.publisher = publisher;
    }

    /**
     * What was taken in.
     *
     * @param accepted pictures that Kafka has
     * @param refused entries that are told of in the report
     * @param reason why reading stopped before the end; absent when it did not
     */
    public record Taken(
            String jobId,
            Instant startedAt,
            int accepted,
            int refused,
            @Nullable Reason reason) {}

    /** Reads to the end, or to where it has to stop, and returns when Kafka has everything. Blocks all that time. */
    public Taken take(String holder, String model, InputStream body) throws InterruptedException {
        String jobId = ids.next(holder);
        Instant startedAt = Instant.now();
        send(new BulkStarted(jobId, model, startedAt));
        Intake intake = new Intake(jobId, holder, model);
        Reason reason = null;
        try {
            new ArchiveReader(ArchiveLimits.of(properties), intake).read(body);
        } catch (ArchiveStoppedException e) {
            reason = e.reason();
        }
        intake.awaitSent();
        send(new BulkReceived(jobId, intake.index, reason, Instant.now()));
        return new Taken(jobId, startedAt, intake.accepted.get(), intake.refused.get(), reason);
    }

    private void send(BulkEvent event) {
        try {
            var unused = publisher.publish(event).toFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Belongs to the reading thread; acknowledgements come on Kafka's. */
    private final class Intake implements EntrySink {

        private final String jobId;
        private final String holder;
        private final String model;
        private final ImageDecoder decoder = new ImageDecoder(properties.imageLimits());
        private final Semaphore window = new Semaphore(WINDOW_BYTES);
        private final AtomicInteger accepted = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private int index;

        Intake(String jobId, String holder, String model) {
            this.jobId = jobId;
            this.holder = holder;
            this.model = model;
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
            BulkRef entry = new BulkRef(jobId, index++, name);
            int bytes = Math.min(WINDOW_BYTES, image.length + 1);
            window.acquire(bytes);
            publisher
                    .publish(new ImageSubmitted(
                            ids.next(holder),
                            model,
                            header.format().mediaType(),
                            Instant.now(),
                            null,
                            null,
                            entry,
                            null,
                            image))
                    .doFinally(signal -> window.release(bytes))
                    .subscribe(done -> {}, e -> failed(entry, e), accepted::incrementAndGet);
        }

        @Override
        public void refused(String name, Reason reason) {
            refuse(new BulkRef(jobId, index++, name), State.REJECTED, reason);
        }

        /** If Kafka has it after all, the answer comes second and changes nothing. */
        private void failed(BulkRef entry, Throwable cause) {
            Reason reason = cause instanceof ObjectStoreException
                    ? new Reason("store-unavailable", "The object store could not be reached.")
                    : new Reason("not-acknowledged", "Kafka did not acknowledge in time.");
            refuse(entry, State.FAILED, reason);
        }

        private void refuse(BulkRef entry, State state, Reason reason) {
            refused.incrementAndGet();
            window.acquireUninterruptibly();
            publisher
                    .publish(new BulkEntryRefused(
                            entry.jobId(), entry.index(), entry.name(), state, reason, Instant.now()))
                    .doFinally(signal -> window.release())
                    .subscribe();
        }

        void awaitSent() throws InterruptedException {
            window.acquire(WINDOW_BYTES);
        }
    }
}
