/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.explanation;

import io.sandpiper.ingest.admission.Admission;
import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Has heat maps drawn by a worker, each once: whoever asks for the same while it is being drawn waits with the others, and
 * gets it from the object store later. Nothing here blocks.
 */
@Component
public final class Explanations implements InitializingBean, DisposableBean {

    private static final long MAX_BYTES = 8 << 20;

    private final Admission admission;
    private final Publisher publisher;
    private final ObjectStore store;
    private final Scheduler blockingCalls;
    private final DrawnExplanations drawn = new DrawnExplanations();
    private final LogView<DrawnExplanations, ExplanationCompleted> log;

    Explanations(
            KafkaProperties kafka,
            Admission admission,
            Publisher publisher,
            ObjectStore store,
            Scheduler blockingCalls) {
        this.admission = admission;
        this.publisher = publisher;
        this.store = store;
        this.blockingCalls = blockingCalls;
        this.log = new LogView<>(kafka.buildConsumerProperties(), Topics.EXPLANATIONS, drawn, DrawnExplanations::with);
    }

    @Override
    public void afterPropertiesSet() {
        log.start();
    }

    @Override
    public void destroy() {
        log.close();
    }

    /**
     * What became of the wish; empty when the limit passes first. Then asking again goes on waiting.
     *
     * @throws io.sandpiper.ingest.admission.RefusedException when it is a new one, and comes too soon or is one too many
     */
    public Mono<ExplanationCompleted> find(Holder holder, ExplanationRequested wanted, Duration limit) {
        return Mono.defer(() -> {
                    DrawnExplanations.Awaited awaited = drawn.await(wanted, () -> admission.explain(holder));
                    return awaited.isNew()
                            ? publisher
                                    .publish(wanted)
                                    .doOnError(e -> drawn.forget(wanted.explanationId()))
                                    .then(awaited.outcome())
                            : awaited.outcome();
                })
                .timeout(limit, Mono.empty());
    }

    /** The heat map over its picture, PNG; empty when it is not kept any more: then it is drawn again when asked for. */
    public Mono<byte[]> picture(String explanationId) {
        return Mono.fromCallable(() -> store.get(ObjectKeys.explanation(explanationId), MAX_BYTES))
                .subscribeOn(blockingCalls)
                .doOnNext(found -> {
                    if (found.isEmpty()) {
                        drawn.forget(explanationId);
                    }
                })
                .flatMap(Mono::justOrEmpty);
    }
}
