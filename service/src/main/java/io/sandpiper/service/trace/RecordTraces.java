/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.service.trace;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.propagation.Propagator;
import io.sandpiper.schemas.CloudEvents;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Traces that go on over Kafka: a record that something caused carries its W3C trace context, in the headers {@code
 * traceparent} and {@code tracestate}. Names and attributes of spans are those of OpenTelemetry's conventions for
 * messaging with Kafka. Any thread.
 */
public final class RecordTraces {

    private final Tracer tracer;
    private final Propagator propagator;

    public RecordTraces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /**
     * What sends records, with a span for each of them; the request that the chain works for is their cause.
     *
     * @param sending completes when Kafka has the records
     */
    public <T> Mono<T> traced(Mono<T> sending, List<ProducerRecord<byte[], byte[]>> records) {
        return Mono.deferContextual(context -> {
            TraceContext cause = request(context);
            List<Span> spans =
                    records.stream().map(record -> sending(record, cause)).toList();
            return sending.doOnError(e -> spans.forEach(span -> span.error(e)))
                    .doFinally(end -> spans.forEach(Span::end));
        });
    }

    private static @Nullable TraceContext request(ContextView context) {
        Observation request = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        TracingContext traced =
                request == null ? null : request.getContextView().get(TracingContext.class);
        return traced == null || traced.getSpan() == null
                ? null
                : traced.getSpan().context();
    }

    /**
     * The sending of a record, which carries its context from now on. To be ended when Kafka has the record.
     *
     * @param cause null: whatever this thread works for, or nothing that is known
     */
    public Span sending(ProducerRecord<byte[], byte[]> record, @Nullable TraceContext cause) {
        Span.Builder builder =
                tracer.spanBuilder().name("send " + record.topic()).kind(Span.Kind.PRODUCER);
        if (cause != null) {
            builder.setParent(cause);
        }
        Span span = described(builder.start(), "send", record.topic());
        carry(span.context(), record);
        return span;
    }

    /** The work on a record. To be ended when it is done, by {@link #end} where that is past already. */
    public Span working(ConsumerRecord<byte[], byte[]> record, Instant began) {
        Span span = propagator
                .extract(record.headers(), CloudEvents::get)
                .name("process " + record.topic())
                .kind(Span.Kind.CONSUMER)
                .startTimestamp(micros(began), TimeUnit.MICROSECONDS)
                .start();
        return span.isNoop()
                ? span
                : described(span, "process", record.topic())
                        .tag("messaging.destination.partition.id", String.valueOf(record.partition()))
                        .tag("messaging.kafka.offset", record.offset());
    }

    /** Most spans are not kept, and nobody reads of what they were. */
    private static Span described(Span span, String operation, String topic) {
        return span.isNoop()
                ? span
                : span.tag("messaging.system", "kafka")
                        .tag("messaging.operation.type", operation)
                        .tag("messaging.destination.name", topic);
    }

    public static void end(Span span, Instant ended) {
        span.end(micros(ended), TimeUnit.MICROSECONDS);
    }

    /** What this thread sends meanwhile is caused by that work, which ends with the task. */
    @SuppressWarnings("try") // the scope is there to be closed
    public <T, E extends Exception> T during(Span work, Task<T, E> task) throws E {
        try (Tracer.SpanInScope scope = tracer.withSpan(work)) {
            return task.run();
        } finally {
            work.end();
        }
    }

    /** Something to do. */
    @FunctionalInterface
    public interface Task<T, E extends Exception> {
        T run() throws E;
    }

    /** The record tells what it comes from: what this thread works for, if that is known. */
    public void carry(ProducerRecord<byte[], byte[]> record) {
        TraceContext current = tracer.currentTraceContext().context();
        if (current != null) {
            carry(current, record);
        }
    }

    /** The record tells what it comes from, and nothing else that it said of that before. */
    public void carry(TraceContext context, ProducerRecord<byte[], byte[]> record) {
        propagator.fields().forEach(record.headers()::remove);
        propagator.inject(context, record.headers(), RecordTraces::put);
    }

    private static void put(@Nullable Headers headers, String name, String value) {
        if (headers != null) {
            headers.add(name, value.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
