/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.webhook.CallbackUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** The parameter callback: where the answer is to be posted. */
@Component
final class Callbacks {

    private final boolean enabled;
    private final CallbackUrls urls;

    Callbacks(IngestProperties properties, CallbackUrls urls) {
        this.enabled = !properties.webhooks().hosts().isEmpty();
        this.urls = urls;
    }

    /** @throws ApiException when nothing is posted there */
    @Nullable
    String require(@Nullable String callback) {
        if (callback == null) {
            return null;
        }
        String fault = enabled
                ? urls.fault(callback)
                : "Nothing is posted here: sandpiper.ingest.webhooks.hosts says where answers may go.";
        if (fault != null) {
            throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-callback", "callback: " + fault);
        }
        return callback;
    }
}
