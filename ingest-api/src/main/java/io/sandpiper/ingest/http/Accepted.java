/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Which form of an answer a client would like to get (RFC 9110, section 12.5.1).
 *
 * @param html how much it wants a page, 0 (not at all) to 1; only if it names one
 * @param json how much it wants JSON
 */
record Accepted(double html, double json) {

    private static final Accepted ANYTHING = new Accepted(0, 1);

    /** One that does not say gets what programs get, as does one that makes no sense. */
    static Accepted of(HttpHeaders headers) {
        try {
            List<MediaType> ranges = headers.getAccept();
            boolean named = ranges.stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
            return ranges.isEmpty()
                    ? ANYTHING
                    : new Accepted(
                            named ? quality(ranges, MediaType.TEXT_HTML) : 0,
                            quality(ranges, MediaType.APPLICATION_JSON));
        } catch (InvalidMediaTypeException e) {
            return ANYTHING;
        }
    }

    boolean prefersHtml() {
        return html > 0 && html >= json;
    }

    /** Of the narrowest range that the type is in; 0 when it is in none. */
    private static double quality(List<MediaType> ranges, MediaType type) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparing((MediaType range) -> !range.isWildcardType())
                        .thenComparing(range -> !range.isWildcardSubtype()))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }
}
