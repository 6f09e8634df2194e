/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.result.DeliverySender;
import io.sandpiper.ingest.result.DeliverySender.Outcome;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Off, unless somebody says where to answers may go. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    DeliverySender webhookSender(IngestProperties properties) {
        if (properties.webhooks().hosts().isEmpty()) {
            return delivery -> Mono.just(Outcome.REFUSED);
        }
        return new WebhookSender(properties.webhooks(), Clock.systemUTC());
    }

    @Bean
    CallbackUrls callbackUrls(IngestProperties properties) {
        return new CallbackUrls(properties.webhooks());
    }
}
