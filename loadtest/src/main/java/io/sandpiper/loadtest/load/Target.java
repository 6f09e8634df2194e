/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is put under load.
 *
 * @param brokers of Kafka, from which all answers are read
 * @param api null where pictures go over Kafka only
 * @param key of the API; null where it has none
 */
public record Target(
        String brokers, @Nullable URI api, @Nullable String key) {}
