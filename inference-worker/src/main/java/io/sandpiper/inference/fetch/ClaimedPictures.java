/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.fetch;

import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.Sha256;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gets the pictures that were too large for their topic. Every call blocks; any thread may call. */
@Component
public final class ClaimedPictures {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedPictures.class);
    private static final int TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final ObjectStore store;
    private final long maxBytes;

    ClaimedPictures(ObjectStore store, InferenceProperties properties) {
        this.store = store;
        this.maxBytes = properties.imageLimits().maxBytes();
    }

    /**
     * The picture, whole: cut short or changed on its way it is asked for again, some times.
     *
     * @throws PictureUnavailableException when it is not there, or not what was left there
     * @throws ObjectStoreException when the store cannot be reached: later it may
     */
    public byte[] fetch(Claim claim) throws PictureUnavailableException, InterruptedException {
        if (!ObjectKeys.isClaim(claim.objectKey())) {
            throw new PictureUnavailableException("The claim names no picture.");
        }
        if (claim.bytes() > maxBytes) {
            throw new PictureUnavailableException("The claim is for more bytes than a picture may have.");
        }
        long pause = FIRST_PAUSE_MILLIS;
        for (int left = TRIES; ; left--) {
            try {
                Optional<byte[]> picture = store.get(claim.objectKey(), maxBytes);
                if (picture.isEmpty()) {
                    throw new PictureUnavailableException("The picture is not in the object store any more.");
                }
                if (isWhole(picture.get(), claim)) {
                    return picture.get();
                }
                if (left == 1) {
                    throw new PictureUnavailableException("The object store has other bytes than were left there.");
                }
                LOG.warn("{} came short or changed, asking again", claim.objectKey());
            } catch (ObjectStoreException e) {
                if (left == 1) {
                    throw e;
                }
                LOG.warn("Asking again: {}", e.getMessage());
            }
            Thread.sleep(pause);
            pause *= 2;
        }
    }

    private static boolean isWhole(byte[] picture, Claim claim) {
        return picture.length == claim.bytes() && Sha256.of(picture).equals(claim.sha256());
    }
}
