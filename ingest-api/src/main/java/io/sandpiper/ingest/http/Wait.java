/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** How long a client wants to wait for its answer: {@code Prefer: wait=N} (RFC 7240) or {@code ?wait=N}, in seconds. */
final class Wait {

    private static final Pattern PREFERENCE = Pattern.compile("(?i)(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?");

    private Wait() {}

    /** @return zero when the client does not want to wait; never more than {@code max} */
    static Duration of(@Nullable List<String> prefer, @Nullable String parameter, Duration max) {
        Duration wanted = Duration.ZERO;
        if (parameter != null) {
            wanted = Duration.ofSeconds(seconds(parameter));
        } else if (prefer != null) {
            Matcher preference = PREFERENCE.matcher(String.join(",", prefer));
            if (preference.find()) {
                wanted = Duration.ofSeconds(Long.parseLong(preference.group(1)));
            }
        }
        return wanted.compareTo(max) > 0 ? max : wanted;
    }

    private static long seconds(String parameter) {
        if (!parameter.matches("\\d{1,6}")) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-wait", "wait is a whole number of seconds, such as wait=10.");
        }
        return Long.parseLong(parameter);
    }
}
