/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.schemas.Names;
import org.springframework.http.HttpStatus;

/** Names of models that need not exist yet. */
final class ModelNames {

    private ModelNames() {}

    /** @throws ApiException when no model could have that name */
    static void require(String model) {
        if (!Names.isModelName(model)) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-model-name",
                    "A model's name has up to 63 lower-case letters, digits and hyphens.");
        }
    }
}
