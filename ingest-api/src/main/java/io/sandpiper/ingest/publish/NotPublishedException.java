/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.publish;

/** The brokers did not acknowledge in time. Whether they have the record is unknown: sending it again is up to the client. */
public final class NotPublishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotPublishedException(String topic, Throwable cause) {
        super("not acknowledged: a record for " + topic, cause);
    }
}
