/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of the API was made, or revoked; the last of these is what the key is. The key itself is nowhere.
 *
 * @param keyId the part of the key that is no secret
 * @param holder whose it is: keys of one holder see the same predictions
 * @param secretHash HMAC-SHA256 of the secret, hex, under a key that all instances of the API share
 * @param imagesPerSecond how many pictures may be sent with it; absent: as many as the API's setting says
 * @param revokedAt absent while it may be used
 */
public record ApiKeyChanged(
        String keyId,
        String holder,
        String secretHash,
        Set<Scope> scopes,
        @Nullable Integer imagesPerSecond,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    public ApiKeyChanged {
        scopes = Set.copyOf(scopes);
    }

    /** What may be done with a key. ADMIN may do everything. */
    public enum Scope {
        PREDICT,
        LABEL,
        TRAIN,
        ADMIN
    }

    public ApiKeyChanged revoked(Instant now) {
        return new ApiKeyChanged(
                keyId,
                holder,
                secretHash,
                scopes,
                imagesPerSecond,
                createdAt,
                expiresAt,
                revokedAt == null ? now : revokedAt);
    }

    public boolean isValid(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
