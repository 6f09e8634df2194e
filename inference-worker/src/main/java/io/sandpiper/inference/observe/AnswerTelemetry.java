/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.sandpiper.inference.publish.Answers.Traced;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.service.trace.RecordTraces;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What monitoring sees of the answers of a lane: meters, and a span for each answer. Only models that have answered
 * become series: anybody may name any other. Belongs to the thread of its lane.
 */
public final class AnswerTelemetry {

    /** Where half of a healthy worker's answers are, up to where nobody waits any more. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1)
    };

    private final RecordTraces traces;
    private final MeterRegistry meters;
    private final Tags tags;
    private final Timer waiting;
    private final Timer latency;
    private final Timer batchTime;
    private final DistributionSummary batchSize;
    private final Counter dead;
    private final Map<State, Counter> states = new EnumMap<>(State.class);
    private final Map<String, Counter> models = new HashMap<>();

    public AnswerTelemetry(Lane lane, String worker, RecordTraces traces, MeterRegistry meters) {
        this.traces = traces;
        this.meters = meters;
        this.tags = Tags.of("lane", lane.name(), "worker", worker);
        this.waiting = timer("sandpiper.worker.waiting", "from a picture's submission until a worker began with it")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        this.latency = timer("sandpiper.worker.latency", "from a picture's submission until its answer")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        this.batchTime = timer("sandpiper.worker.batch.time", "decoding and classifying a batch")
                .register(meters);
        this.batchSize = DistributionSummary.builder("sandpiper.worker.batch.size")
                .description("pictures in a batch")
                .baseUnit("images")
                .tags(tags)
                .register(meters);
        this.dead = counter("sandpiper.worker.dead.letters", "records that were given up", Tags.empty());
        for (State state : State.values()) {
            states.put(
                    state,
                    counter("sandpiper.worker.answers", "answers by their state", Tags.of("state", state.name())));
        }
    }

    /** @param records as many as were given up */
    public void gaveUp(int records) {
        dead.increment(records);
    }

    /** @param answers as many as came out of the same poll */
    public void batch(int answers, Duration took) {
        batchSize.record(answers);
        batchTime.record(took);
    }

    /**
     * @param batch as many answers as were computed together
     * @return the answer with the work it came from, which goes on in the record that tells it
     */
    public Traced answered(ConsumerRecord<byte[], byte[]> record, PredictionCompleted answer, int batch) {
        Instant began = answer.startedAt() == null ? answer.completedAt() : answer.startedAt();
        waiting.record(between(answer.submittedAt(), began));
        latency.record(between(answer.submittedAt(), answer.completedAt()));
        Objects.requireNonNull(states.get(answer.state())).increment();
        if (answer.state() == State.PREDICTED) {
            models.computeIfAbsent(
                            answer.model(),
                            model -> counter(
                                    "sandpiper.worker.predictions", "pictures predicted", Tags.of("model", model)))
                    .increment();
        }
        Span work = traces.working(record, began);
        if (!work.isNoop()) {
            work.tag("messaging.message.id", answer.predictionId())
                    .tag("messaging.batch.message_count", batch)
                    .tag("sandpiper.model", answer.model())
                    .tag("sandpiper.model.version", answer.modelVersion() == null ? "" : answer.modelVersion())
                    .tag("sandpiper.state", answer.state().name())
                    .tag("sandpiper.worker", answer.worker());
        }
        RecordTraces.end(work, answer.completedAt());
        return new Traced(answer, work.context());
    }

    /** The clocks of two machines may differ: what has come before it was sent has not waited. */
    private static Duration between(Instant earlier, Instant later) {
        Duration duration = Duration.between(earlier, later);
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).tags(tags);
    }

    private Counter counter(String name, String description, Tags more) {
        return Counter.builder(name)
                .description(description)
                .tags(tags.and(more))
                .register(meters);
    }
}
