/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.idempotency;

import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.ingest.publish.TransactionalPublisher;
import io.sandpiper.ingest.result.Results;
import io.sandpiper.schemas.IdempotencyKeyUsed;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Sha256;
import io.sandpiper.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One prediction for an idempotency key, however often it is sent, and to whichever instance. A request claims the key;
 * the topic's order decides who was first; the first brings the picture and settles the key in one transaction. All
 * others wait for that and are given the first one's id.
 */
@Component
public final class KeyedSubmissions {

    private static final Duration LOOK_EVERY = Duration.ofMillis(15);
    /** How long a request waits for the one before it. */
    private static final Duration DECISION_LIMIT = Duration.ofSeconds(5);

    private final Publisher publisher;
    private final TransactionalPublisher transactions;
    private final Results results;

    KeyedSubmissions(Publisher publisher, TransactionalPublisher transactions, Results results) {
        this.publisher = publisher;
        this.transactions = transactions;
        this.results = results;
    }

    /**
     * Publishes the picture unless the key was used before.
     *
     * @param image under the id that it gets if it is the first
     * @param lane which topic of pictures it goes to
     * @return the id that the key stands for; an {@link IdempotencyKeyException} when it stands for something else
     */
    public Mono<String> submit(String holder, String key, Topic<String, byte[]> lane, ImageSubmitted image) {
        IdempotencyKeyUsed claim = claim(holder, key, image.predictionId(), bodyHash(image));
        return settle(claim, () -> transactions.publish(image, lane, claim));
    }

    /**
     * For an archive, whose bytes are not known yet: only that its key stands for one job.
     *
     * @param jobId that it gets if it is the first
     * @return the job that the key stands for
     */
    public Mono<String> claimJob(String holder, String key, String model, String jobId) {
        IdempotencyKeyUsed claim =
                claim(holder, key, jobId, Sha256.of(("archive\n" + model).getBytes(StandardCharsets.UTF_8)));
        return settle(claim, () -> publisher.publish(claim.asPublished()));
    }

    private static IdempotencyKeyUsed claim(String holder, String key, String id, String bodySha256) {
        return new IdempotencyKeyUsed(
                hash(holder, key), id, bodySha256, UUID.randomUUID().toString(), false, Instant.now());
    }

    private Mono<String> settle(IdempotencyKeyUsed claim, Supplier<Mono<Void>> publishing) {
        return results.findKey(claim.keyHash())
                .filter(known -> !known.isGivenUp(Instant.now()))
                .flatMap(known -> follow(known, claim))
                .switchIfEmpty(Mono.defer(() -> publisher
                        .publish(claim)
                        .then(decided(claim.keyHash()))
                        .flatMap(first -> first.attempt().equals(claim.attempt())
                                ? bring(claim, publishing)
                                : follow(first, claim))));
    }

    /** The transaction ends, or is ended, long before another request may take the key over. */
    private static Mono<String> bring(IdempotencyKeyUsed claim, Supplier<Mono<Void>> publishing) {
        if (claim.at().plus(DECISION_LIMIT.multipliedBy(2)).isBefore(Instant.now())) {
            return Mono.error(IdempotencyKeyException.inUse());
        }
        return publishing.get().thenReturn(claim.predictionId());
    }

    private Mono<String> follow(IdempotencyKeyUsed known, IdempotencyKeyUsed claim) {
        if (!known.bodySha256().equals(claim.bodySha256())) {
            return Mono.error(IdempotencyKeyException.reused());
        }
        return known.published()
                ? Mono.just(known.predictionId())
                : results.findKey(known.keyHash())
                        .filter(IdempotencyKeyUsed::published)
                        .map(IdempotencyKeyUsed::predictionId)
                        .repeatWhenEmpty(KeyedSubmissions::everySoOften)
                        .timeout(DECISION_LIMIT, Mono.error(IdempotencyKeyException::inUse));
    }

    /** What the topic says once our claim is through. */
    private Mono<IdempotencyKeyUsed> decided(String keyHash) {
        return results.findKey(keyHash)
                .filter(known -> !known.isGivenUp(Instant.now()))
                .repeatWhenEmpty(KeyedSubmissions::everySoOften)
                .timeout(DECISION_LIMIT, Mono.error(IdempotencyKeyException::inUse));
    }

    private static Flux<Long> everySoOften(Flux<Long> empties) {
        return empties.delayElements(LOOK_EVERY);
    }

    private static String hash(String holder, String key) {
        return Sha256.of((holder + "\n" + key).getBytes(StandardCharsets.UTF_8));
    }

    private static String bodyHash(ImageSubmitted image) {
        return Sha256.of((image.model() + "\n" + image.sha256()).getBytes(StandardCharsets.UTF_8));
    }
}
