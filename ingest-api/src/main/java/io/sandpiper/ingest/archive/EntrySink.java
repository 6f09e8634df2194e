/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import io.sandpiper.schemas.PredictionCompleted.Reason;

/** Takes the entries of an archive, in their order, on the reading thread. */
public interface EntrySink {

    void picture(String name, byte[] image) throws InterruptedException;

    void refused(String name, Reason reason) throws InterruptedException;
}
