/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.Names;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Labels that people send. */
final class Labels {

    private Labels() {}

    /**
     * As it is stored.
     *
     * @throws ApiException when it is missing, or nothing that a class could be called
     */
    static String normalize(@Nullable String label) {
        String normalized = Names.normalizeLabel(label == null ? "" : label);
        if (!Names.isLabel(normalized)) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-label", "A label has 1 to 255 printable characters.");
        }
        return normalized;
    }
}
