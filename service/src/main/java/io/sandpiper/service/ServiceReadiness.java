/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.service;

/** What a service says of itself: whether it can do its work, Kafka aside. A bean; asked from any thread, must not block. */
@FunctionalInterface
public interface ServiceReadiness {

    boolean isReady();
}
