/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far versions have drifted lately, as {@code drift} tells it; by model/version. */
public final class DriftReader extends LogView<Latest<DriftMeasured>, DriftMeasured> {

    /** Some twenty minutes. */
    private static final int KEPT = 240;

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public DriftReader(Map<String, Object> kafka) {
        super(kafka, Topics.DRIFT, new Latest<>(KEPT, DriftMeasured::key), Latest::with);
    }

    /** The newest first. */
    public List<DriftMeasured> of(String model, String version) {
        return current().of(model + "/" + version);
    }

    /** Null when nothing was measured yet. */
    public @Nullable DriftMeasured latest(String model, String version) {
        return of(model, version).stream().findFirst().orElse(null);
    }
}
