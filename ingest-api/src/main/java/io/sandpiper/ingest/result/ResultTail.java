/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.result;

import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Answers as they come, of all partitions: for whoever watches, whatever this instance keeps. The topic is read once for
 * all of them, and only while there is somebody.
 *
 * @param <T> what watchers are given for an answer, made once for all of them
 */
public final class ResultTail<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResultTail.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final Function<PredictionCompleted, T> view;
    private int watchers;
    private volatile Tail tail = new Tail();

    /** @param kafka client configuration, at least {@code bootstrap.servers} */
    public ResultTail(Map<String, Object> kafka, Function<PredictionCompleted, T> view) {
        this.kafka = Map.copyOf(kafka);
        this.view = view;
    }

    /**
     * Every answer that is committed once {@link #ready} has completed. A watcher that is slow misses some rather than
     * hold anybody back.
     */
    public Flux<T> watch() {
        return Flux.usingWhen(
                Mono.fromCallable(this::join),
                joined -> joined.answers.asFlux(),
                joined -> Mono.fromRunnable(this::leave));
    }

    /** For whoever has begun to watch: completes when nothing is missed any more. */
    public Mono<Void> ready() {
        return tail.ready.asMono();
    }

    @Override
    public void close() {
        tail.stopped = true;
    }

    private synchronized Tail join() {
        if (watchers++ == 0) {
            tail = new Tail();
            Thread reader = new Thread(tail, "result-tail");
            reader.setDaemon(true);
            reader.start();
        }
        return tail;
    }

    private synchronized void leave() {
        if (--watchers == 0) {
            tail.stopped = true;
        }
    }

    private final class Tail implements Runnable {

        private final Sinks.Many<T> answers = Sinks.many().multicast().directBestEffort();
        private final Sinks.Empty<Void> ready = Sinks.empty();
        private volatile boolean stopped;

        @Override
        public void run() {
            while (!stopped) {
                try (LogReader reader = LogReader.fromEnd(kafka, Topics.PREDICTIONS)) {
                    ready.tryEmitEmpty();
                    while (!stopped) {
                        reader.poll().forEach(this::tell);
                    }
                } catch (KafkaException e) {
                    LOG.warn("Answers cannot be watched, trying again in {}: {}", RETRY, e.toString());
                    LockSupport.parkNanos(RETRY.toNanos());
                }
            }
            answers.tryEmitComplete();
        }

        private void tell(ConsumerRecord<byte[], byte[]> record) {
            try {
                answers.tryEmitNext(view.apply(Topics.PREDICTIONS.value(record)));
            } catch (MalformedMessageException e) {
                LOG.debug("Not an answer: {}", e.getMessage());
            }
        }
    }
}
