/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

/** Another worker has taken up the job: whatever this one still wants to say of it counts no more. */
public final class SupersededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SupersededException(String jobId, Throwable cause) {
        super("job " + jobId + " is another worker's now", cause);
    }
}
