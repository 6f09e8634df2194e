/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

/** The store is being restored or moved. Nothing is lost; asking again a little later will do. */
public final class ResultsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ResultsUnavailableException(Throwable cause) {
        super("the result store is not ready", cause);
    }
}
