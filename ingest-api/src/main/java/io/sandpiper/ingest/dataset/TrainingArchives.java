/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.dataset;

import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.archive.ArchiveLimits;
import io.sandpiper.ingest.archive.ArchiveReader;
import io.sandpiper.ingest.archive.ArchiveStoppedException;
import io.sandpiper.ingest.archive.EntrySink;
import io.sandpiper.ingest.dataset.TrainingImages.Kept;
import io.sandpiper.ingest.dataset.TrainingImages.Outcome;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes archives with a folder a class. */
@Component
public final class TrainingArchives {

    /** Pictures that are being stored at once; each is in memory for that long. */
    private static final int AT_ONCE = 8;

    private final IngestProperties properties;
    private final TrainingImages images;

    TrainingArchives(IngestProperties properties, TrainingImages images) {
        this.properties = properties;
        this.images = images;
    }

    /** An entry that was not taken. */
    public record Refused(String file, Reason reason) {}

    /** @param reason why reading stopped before the end; absent when it did not */
    public record Taken(
            Map<Outcome, Integer> counts,
            List<Refused> refused,
            @Nullable Reason reason) {}

    /** Reads to the end, or to where it has to stop, and returns when everything is stored. Blocks all that time. */
    public Taken take(String model, InputStream body) throws InterruptedException {
        Intake intake = new Intake(model);
        Reason reason = null;
        try {
            new ArchiveReader(ArchiveLimits.of(properties), intake).read(body);
        } catch (ArchiveStoppedException e) {
            reason = e.reason();
        }
        intake.window.acquire(AT_ONCE);
        RuntimeException failure = intake.failure;
        if (failure != null) {
            throw failure;
        }
        return new Taken(intake.counts, intake.refused, reason);
    }

    /** Belongs to the reading thread; what was stored is told on others. */
    private final class Intake implements EntrySink {

        private final String model;
        private final Semaphore window = new Semaphore(AT_ONCE);
        private final Map<Outcome, Integer> counts = Collections.synchronizedMap(new EnumMap<>(Outcome.class));
        private final List<Refused> refused = Collections.synchronizedList(new ArrayList<>());
        private volatile @Nullable RuntimeException failure;

        Intake(String model) {
            this.model = model;
        }

        @Override
        public void picture(String name, byte[] image) throws InterruptedException {
            Optional<LabelledEntry> labelled = LabelledEntry.of(name);
            if (labelled.isEmpty()) {
                refused(name, new Reason("no-label", "It lies in no folder that could be its label."));
                return;
            }
            if (failure != null) {
                return;
            }
            window.acquire();
            images.accept(model, labelled.get().label(), labelled.get().split(), image)
                    .doFinally(signal -> window.release())
                    .subscribe(this::kept, e -> failed(name, e));
        }

        @Override
        public void refused(String name, Reason reason) {
            refused.add(new Refused(name, reason));
        }

        private void kept(Kept kept) {
            counts.merge(kept.outcome(), 1, Integer::sum);
        }

        /** A store or a broker that is away ends the upload: sent again, what is there already is told as such. */
        private void failed(String name, Throwable e) {
            if (e instanceof ImageRejectedException rejected) {
                refused(name, new Reason(rejected.code().wireName(), String.valueOf(e.getMessage())));
            } else {
                failure = e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
            }
        }
    }
}
