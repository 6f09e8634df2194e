/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.LabelGiven;
import io.sandpiper.schemas.Topics;
import java.util.Map;

/** What people said of predictions, as {@code feedback} tells it. */
public final class LiveLabelsReader extends LogView<LiveLabels, LabelGiven> {

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public LiveLabelsReader(Map<String, Object> kafka) {
        super(kafka, Topics.FEEDBACK, new LiveLabels(), LiveLabels::with);
    }
}
