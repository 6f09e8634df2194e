/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the dashboard.
 *
 * @param stateDir folder of the streams' own files; nothing in it needs to be kept
 * @param api address of the API, where the dashboard is a service of its own; absent where both share one
 * @param interval how often the page gets news
 * @param history how far back the page shows seconds
 * @param longHistory how far back it shows minutes
 */
@ConfigurationProperties("sandpiper.dashboard")
public record DashboardProperties(
        Path stateDir,
        @Nullable URI api,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("60s") Duration history,
        @DefaultValue("60m") Duration longHistory) {

    public DashboardProperties {
        if (stateDir == null) {
            throw new IllegalArgumentException("sandpiper.dashboard.state-dir is not set");
        }
        if (interval.toMillis() < 100 || history.toSeconds() < 10 || longHistory.toMinutes() < 1) {
            throw new IllegalArgumentException("sandpiper.dashboard.interval is at least 100ms, "
                    + "sandpiper.dashboard.history at least 10s, sandpiper.dashboard.long-history at least 1m");
        }
    }
}
