/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.webhook;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.sandpiper.ingest.IngestProperties.Webhooks;
import io.sandpiper.ingest.result.Delivery;
import io.sandpiper.ingest.result.DeliverySender;
import io.sandpiper.schemas.HmacSha256;
import io.sandpiper.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts answers as JSON, signed as Standard Webhooks has it: id, time and body by HMAC-SHA256. Follows nobody anywhere.
 * Thread-safe.
 */
final class WebhookSender implements DeliverySender {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int CONNECT_MILLIS = 3_000;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int GONE = 410;
    private static final String PREFIX = "whsec_";

    private final CallbackUrls urls;
    private final HmacSha256 hmac;
    private final Clock clock;
    private final HttpClient http;

    WebhookSender(Webhooks settings, Clock clock) {
        this.urls = new CallbackUrls(settings);
        this.hmac = new HmacSha256(secret(String.valueOf(settings.secret())));
        this.clock = clock;
        this.http = HttpClient.create(ConnectionProvider.create("webhooks"))
                .resolver(settings.allowInternal() ? DefaultAddressResolverGroup.INSTANCE : new PublicResolver())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .followRedirect(false)
                .disableRetry(true)
                .responseTimeout(LIMIT);
    }

    @Override
    public Mono<Outcome> post(Delivery delivery) {
        // Pictures come over Kafka, too, with callbacks that nobody has looked at.
        String fault = urls.fault(delivery.callback());
        if (fault != null) {
            LOG.warn("The answer {} is not posted: {}", delivery.id(), fault);
            return Mono.just(Outcome.REFUSED);
        }
        byte[] body = Json.write(delivery.answer());
        String time = String.valueOf(clock.instant().getEpochSecond());
        return http.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .set("webhook-id", delivery.id())
                        .set("webhook-timestamp", time)
                        .set("webhook-signature", "v1," + signature(delivery.id(), time, body)))
                .post()
                .uri(delivery.callback())
                .send(ByteBufMono.fromString(Mono.just(new String(body, StandardCharsets.UTF_8))))
                .response()
                .map(response -> outcome(response.status().code()))
                .timeout(LIMIT)
                .onErrorResume(e -> {
                    LOG.info("The answer {} could not be posted: {}", delivery.id(), e.toString());
                    return Mono.just(Outcome.FAILED);
                });
    }

    private static Outcome outcome(int status) {
        if (status >= 200 && status < 300) {
            return Outcome.DELIVERED;
        }
        return status == GONE ? Outcome.REFUSED : Outcome.FAILED;
    }

    private String signature(String id, String time, byte[] body) {
        byte[] head = (id + "." + time + ".").getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(hmac.of(head, body));
    }

    /** As its receivers have it: base64 behind {@code whsec_}, or any text. */
    private static byte[] secret(String text) {
        return text.startsWith(PREFIX)
                ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
