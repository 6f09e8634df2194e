/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Instant;

/** What a worker answered lately, added up. Committed with the last of those answers. */
public record ServingObserved(String worker, String model, String version, ServingProfile profile, Instant at) {

    public String key() {
        return model + "/" + version;
    }
}
