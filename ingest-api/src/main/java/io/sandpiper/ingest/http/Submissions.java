/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.ingest.IngestProperties;
import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.idempotency.KeyedSubmissions;
import io.sandpiper.ingest.publish.PredictionIds;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** From a body to a picture that Kafka has. */
@Component
final class Submissions {

    private final long maxBytes;
    private final KnownModels models;
    private final Admission admission;
    private final PredictionIds ids;
    private final Publisher publisher;
    private final KeyedSubmissions keyed;
    private final Lanes lanes;
    private final Scheduler blockingCalls;
    private final ThreadLocal<ImageDecoder> decoders;

    Submissions(
            IngestProperties properties,
            KnownModels models,
            Admission admission,
            PredictionIds ids,
            Publisher publisher,
            KeyedSubmissions keyed,
            Lanes lanes,
            Scheduler blockingCalls) {
        this.maxBytes = properties.imageLimits().maxBytes();
        this.models = models;
        this.admission = admission;
        this.ids = ids;
        this.publisher = publisher;
        this.keyed = keyed;
        this.lanes = lanes;
        this.blockingCalls = blockingCalls;
        this.decoders = ThreadLocal.withInitial(() -> new ImageDecoder(properties.imageLimits()));
    }

    /**
     * What is asked for.
     *
     * @param bytes as announced; -1 when nobody did
     * @param callback where the answer is to be posted; null: nowhere
     * @param idempotencyKey null when there is none
     */
    record Submission(
            String model,
            String contentType,
            long bytes,
            @Nullable Instant deadline,
            @Nullable String callback,
            @Nullable String idempotencyKey) {}

    /** A picture that Kafka has. */
    record Accepted(String id, Instant at, Admission.Outlook outlook) {}

    /** @throws ApiException when no version of that model serves */
    void requireModel(String model) {
        models.requireServing(model);
    }

    /** Let in before the body is read: what is refused costs no memory. Once Kafka has it, its memory is free. */
    Mono<Accepted> submit(Holder holder, Submission submission, Flux<DataBuffer> body) {
        long announced = Math.max(0, Math.min(maxBytes, submission.bytes()));
        return Mono.using(
                () -> admission.admit(holder, lanes.ofModel(submission.model()), announced, submission.deadline()),
                memory -> Bodies.read(body, maxBytes, memory)
                        .flatMap(image -> publish(holder.name(), submission, image)));
    }

    /** One that was read already. */
    Mono<Accepted> submit(Holder holder, Submission submission, byte[] image) {
        Lane lane = lanes.ofModel(submission.model());
        return Mono.using(() -> admission.admit(holder, lane, image.length, submission.deadline()), memory -> {
            memory.add(image.length);
            return publish(holder.name(), submission, image);
        });
    }

    private Mono<Accepted> publish(String holder, Submission submission, byte[] image) {
        Instant now = Instant.now();
        Lane lane = lanes.ofModel(submission.model());
        ImageSubmitted submitted = new ImageSubmitted(
                ids.next(holder),
                submission.model(),
                submission.contentType(),
                now,
                submission.deadline(),
                submission.callback(),
                null,
                null,
                image);
        String key = submission.idempotencyKey();
        Mono<String> published = key == null
                ? publisher.publish(submitted, lane.topic()).thenReturn(submitted.predictionId())
                : keyed.submit(holder, key, lane.topic(), submitted);
        return Mono.using(
                        admission::publish,
                        ticket -> Mono.fromCallable(() -> decoders.get().inspect(image))
                                .subscribeOn(blockingCalls)
                                .then(published))
                .map(id -> new Accepted(id, now, admission.submitted(lane)));
    }
}
