/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.deadletter.DeadLetter;
import io.sandpiper.ingest.deadletter.DeadLetters;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Records of other systems that no worker could read: shows them, and sends them back when the fault is mended. */
@RestController
@RequestMapping("/v1/dead-letters")
final class DeadLetterController {

    private static final int MAX_PAGE = 1000;
    private static final Pattern ID = Pattern.compile("(\\d{1,4})-(\\d{1,18})");

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    @GetMapping
    Mono<List<DeadLetter>> latest(@RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST, "invalid-page", "limit is from 1 to %d.".formatted(MAX_PAGE));
        }
        return letters.latest(limit);
    }

    @PostMapping("/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<DeadLetter> replay(@PathVariable String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw unknown();
        }
        return letters.replay(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))
                .switchIfEmpty(Mono.error(DeadLetterController::unknown));
    }

    private static ApiException unknown() {
        return new ApiException(
                HttpStatus.NOT_FOUND,
                "unknown-dead-letter",
                "There is no such record that says where it came from. GET /v1/dead-letters lists them.");
    }
}
