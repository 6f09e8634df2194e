/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.loadtest.load;

/** The load test cannot go on; the message is a sentence for people. */
public final class LoadTestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LoadTestException(String message) {
        super(message);
    }
}
