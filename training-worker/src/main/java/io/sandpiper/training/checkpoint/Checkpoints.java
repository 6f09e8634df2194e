/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.checkpoint;

import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.TrainingProgressed.Checkpoint;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checkpoints in the object store. Each is an object of its own, and counts only once the job's log names it: two
 * workers at one job cannot mix theirs. Thread-safe.
 */
@Component
public final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long MAX_BYTES = 1L << 31;

    private final ObjectStore store;

    Checkpoints(ObjectStore store) {
        this.store = store;
    }

    /**
     * Written, told, and only then the ones before it are deleted: wherever that is cut short, the one that was told of last
     * is whole.
     *
     * @param tell names it in the job's log, and says whether it is told
     */
    public void keep(String jobId, SavedJob job, Predicate<Checkpoint> tell) {
        Checkpoint written = put(jobId, job);
        if (tell.test(written)) {
            deleteOthers(jobId, Optional.of(written));
        }
    }

    private Checkpoint put(String jobId, SavedJob job) {
        byte[] bytes = job.toBytes();
        int epoch = job.state().epoch();
        String key = ObjectKeys.checkpoint(jobId, epoch + "-" + UUID.randomUUID());
        store.put(key, bytes, "application/octet-stream");
        return new Checkpoint(epoch, key, Sha256.of(bytes));
    }

    /** Empty, with a line in the log, when it is gone or changed: then the job begins anew. */
    public Optional<SavedJob> find(Checkpoint named) {
        try {
            byte[] bytes = store.get(named.objectKey(), MAX_BYTES).orElseThrow(() -> new IOException("it is gone"));
            if (!Sha256.of(bytes).equals(named.sha256())) {
                throw new IOException("it is not what was written (sha256)");
            }
            return Optional.of(SavedJob.of(bytes));
        } catch (IOException e) {
            LOG.error("Checkpoint {} cannot be used: {}", named.objectKey(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Of all but the one that is given; none: all of the job's. */
    public void deleteOthers(String jobId, Optional<Checkpoint> kept) {
        String keep = kept.map(Checkpoint::objectKey).orElse("");
        store.list(ObjectKeys.checkpoint(jobId, ""))
                .filter(object -> !object.key().equals(keep))
                .toList()
                .forEach(object -> store.delete(object.key()));
    }
}
