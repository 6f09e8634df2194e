/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.command;

import io.sandpiper.registry.ModelSettingsReader;
import io.sandpiper.schemas.ModelConfigured;
import io.sandpiper.schemas.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What people want of models at the moment of asking: a setting that the API has answered for counts. Blocks. Thread-safe. */
@Component
final class CurrentSettings {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentSettings.class);
    private static final Duration READ_LIMIT = Duration.ofSeconds(10);

    private final ModelSettingsReader log;

    CurrentSettings(ModelSettingsReader modelSettings) {
        this.log = modelSettings;
    }

    /** Null when there are none. Those that were read last, with a line in the log, when Kafka does not answer in time. */
    @Nullable
    ModelConfigured of(String model) throws InterruptedException {
        if (!log.awaitCaughtUp(Instant.now(), READ_LIMIT)) {
            LOG.warn("The settings of {} could not be read within {}; those known before count", model, READ_LIMIT);
        }
        return log.current().get(model);
    }

    /** Null when nobody set it. As {@link #of}. */
    @Nullable
    PromotionPolicy policy(String model) throws InterruptedException {
        ModelConfigured settings = of(model);
        return settings == null ? null : settings.policy();
    }
}
