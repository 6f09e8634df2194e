/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.classifier.explain;

import java.time.Duration;

/** When a batch may be computed that nobody's answer waits for. */
public interface Pace {

    /** Before a batch: returns when nothing more urgent is under way, or after a while. */
    void stepBack() throws InterruptedException;

    /** After a batch. */
    void rest(Duration worked) throws InterruptedException;
}
