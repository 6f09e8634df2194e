/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The header X-Deadline: until when an answer is of use. */
final class Deadline {

    static final String HEADER = "X-Deadline";

    private Deadline() {}

    /** @return null when there is none; an ApiException when it is no time, or has passed */
    static @Nullable Instant of(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        Instant deadline;
        try {
            deadline = Instant.parse(header.strip());
        } catch (DateTimeException e) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-deadline", "X-Deadline is a time such as 2026-11-20T12:00:00Z.");
        }
        if (!deadline.isAfter(now)) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "deadline-passed", "The deadline has passed already.");
        }
        return deadline;
    }
}
