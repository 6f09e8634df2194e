/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TriggerFired;
import java.util.Map;

/** Which reasons there were to train again, as {@code triggers} tells it; by model. */
public final class TriggersReader extends LogView<Latest<TriggerFired>, TriggerFired> {

    private static final int KEPT = 100;

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public TriggersReader(Map<String, Object> kafka) {
        super(kafka, Topics.TRIGGERS, new Latest<>(KEPT, TriggerFired::model), Latest::with);
    }
}
