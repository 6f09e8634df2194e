/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.archive;

import io.sandpiper.schemas.PredictionCompleted.Reason;
import org.jspecify.annotations.Nullable;

/** An archive was not read to its end. What came before stands. */
public final class ArchiveStoppedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    ArchiveStoppedException(String code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    public Reason reason() {
        return new Reason(code, String.valueOf(getMessage()));
    }
}
