/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.ingest.publish.TransactionalPublisher;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One prediction for an idempotency key, however often it is sent, and to whichever instance. A request claims the key;
 * the topic's order decides who was first; the first brings the picture and settles the key in one transaction. All
 * others wait for that and are given the first one's id.
 */
@Component
final class KeyedSubmissions {

    private static final Duration LOOK_EVERY = Duration.ofMillis(15);
    /** How long a request waits for the one before it. */
    private static final Duration DECISION_LIMIT = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Publisher publisher;
    private final TransactionalPublisher transactions;
    private final Results results;

    KeyedSubmissions(Publisher publisher, TransactionalPublisher transactions, Results results) {
        this.publisher = publisher;
        this.transactions = transactions;
        this.results = results;
    }

    private static final String HEADER = "Idempotency-Key";

    /** The request's key as it is compared; null when it has none, an ApiException when it is none. */
    static @Nullable String key(HttpHeaders headers) {
        String header = headers.getFirst(HEADER);
        if (header == null) {
            return null;
        }
        String key = header.strip();
        if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new ApiException(
                    HttpStatus.BAD_REQUEST,
                    "invalid-idempotency-key",
                    "An Idempotency-Key has 1 to 255 visible ASCII characters; a UUID is a good one.");
        }
        return key;
    }

    /**
     * Publishes the picture unless the key was used before.
     *
     * @param image under the id that it gets if it is the first
     * @return the id that the key stands for
     */
    Mono<String> submit(String holder, String key, ImageSubmitted image) {
        String keyHash = hash(holder, key);
        IdempotencyKeyUsed claim = new IdempotencyKeyUsed(
                keyHash,
                image.predictionId(),
                bodyHash(image),
                UUID.randomUUID().toString(),
                false,
                Instant.now());
        return results.findKey(keyHash)
                .filter(known -> !known.isGivenUp(Instant.now()))
                .flatMap(known -> follow(known, claim))
                .switchIfEmpty(Mono.defer(() -> publisher
                        .publish(claim)
                        .then(decided(keyHash))
                        .flatMap(first -> first.attempt().equals(claim.attempt())
                                ? settle(image, claim)
                                : follow(first, claim))));
    }

    /** The transaction ends, or is ended, long before another request may take the key over. */
    private Mono<String> settle(ImageSubmitted image, IdempotencyKeyUsed claim) {
        if (claim.at().plus(DECISION_LIMIT.multipliedBy(2)).isBefore(Instant.now())) {
            return Mono.error(inUse());
        }
        return transactions.publish(image, claim).thenReturn(image.predictionId());
    }

    private Mono<String> follow(IdempotencyKeyUsed known, IdempotencyKeyUsed claim) {
        if (!known.bodySha256().equals(claim.bodySha256())) {
            return Mono.error(new ApiException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "This Idempotency-Key was used for another picture. Use a new one for each."));
        }
        return known.published()
                ? Mono.just(known.predictionId())
                : results.findKey(known.keyHash())
                        .filter(IdempotencyKeyUsed::published)
                        .map(IdempotencyKeyUsed::predictionId)
                        .repeatWhenEmpty(KeyedSubmissions::everySoOften)
                        .timeout(DECISION_LIMIT, Mono.error(KeyedSubmissions::inUse));
    }

    /** What the topic says once our claim is through. */
    private Mono<IdempotencyKeyUsed> decided(String keyHash) {
        return results.findKey(keyHash)
                .filter(known -> !known.isGivenUp(Instant.now()))
                .repeatWhenEmpty(KeyedSubmissions::everySoOften)
                .timeout(DECISION_LIMIT, Mono.error(KeyedSubmissions::inUse));
    }

    private static Flux<Long> everySoOften(Flux<Long> empties) {
        return empties.delayElements(LOOK_EVERY);
    }

    private static ApiException inUse() {
        ApiException inUse = new ApiException(
                HttpStatus.CONFLICT,
                "idempotency-key-in-use",
                "A request with this Idempotency-Key is under way. Send it again in a moment.");
        inUse.getHeaders().set("Retry-After", String.valueOf(SOON.toSeconds()));
        return inUse;
    }

    private static String hash(String holder, String key) {
        return Sha256.of((holder + "\n" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String bodyHash(ImageSubmitted image) {
        return Sha256.of((image.model() + "\n" + image.sha256()).getBytes(StandardCharsets.UTF_8));
    }
}
