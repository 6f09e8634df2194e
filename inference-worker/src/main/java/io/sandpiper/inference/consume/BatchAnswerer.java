/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.lane.LaneGate;
import io.sandpiper.inference.observe.AnswerTelemetry;
import io.sandpiper.inference.publish.Answers;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** From the records of a poll to all that is to be said of them. Belongs to the thread of its lane. */
final class BatchAnswerer {

    private static final Reason KILLED_ITS_WORKER =
            new Reason("killed-its-worker", "Three workers ended while they had this picture.");

    private final Lane lane;
    private final LaneGate gate;
    private final BatchClassifier classifier;
    private final AnswerTelemetry telemetry;

    BatchAnswerer(Lane lane, LaneGate gate, BatchClassifier classifier, AnswerTelemetry telemetry) {
        this.lane = lane;
        this.gate = gate;
        this.classifier = classifier;
        this.telemetry = telemetry;
    }

    /** Nothing is sent here: a transaction is open only while everything that is decided is written. */
    Answers answer(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        List<SourcedImage> batch = new ArrayList<>(records.size());
        Map<Source, ConsumerRecord<byte[], byte[]>> sources = new HashMap<>();
        Map<ConsumerRecord<byte[], byte[]>, String> dead = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                SourcedImage image = sourced(record);
                batch.add(image);
                sources.put(image.source(), record);
            } catch (MalformedMessageException e) {
                dead.put(record, String.valueOf(e.getMessage()));
            }
        }
        telemetry.gaveUp(dead.size());
        return new Answers(traced(classify(batch), sources), dead, classifier.observed());
    }

    /** Of a record that three workers ended with: its sender hears of it, and it lies among the dead letters. */
    Answers giveUp(ConsumerRecord<byte[], byte[]> record) {
        Map<ConsumerRecord<byte[], byte[]>, String> dead = Map.of(record, KILLED_ITS_WORKER.detail());
        telemetry.gaveUp(1);
        try {
            SourcedImage image = sourced(record);
            PredictionCompleted failed = classifier.failed(image, null, KILLED_ITS_WORKER);
            return new Answers(traced(List.of(failed), Map.of(image.source(), record)), dead, List.of());
        } catch (MalformedMessageException e) {
            return new Answers(List.of(), dead, List.of());
        }
    }

    private static SourcedImage sourced(ConsumerRecord<byte[], byte[]> record) {
        return new SourcedImage(
                ImageSubmitted.of(record), new Source(record.topic(), record.partition(), record.offset()));
    }

    private List<Answers.Traced> traced(
            List<PredictionCompleted> answers, Map<Source, ConsumerRecord<byte[], byte[]>> sources) {
        List<Answers.Traced> traced = new ArrayList<>(answers.size());
        for (PredictionCompleted answer : answers) {
            ConsumerRecord<byte[], byte[]> record = Objects.requireNonNull(sources.get(answer.source()));
            traced.add(telemetry.answered(record, answer, answers.size()));
        }
        return traced;
    }

    private List<PredictionCompleted> classify(List<SourcedImage> batch) throws InterruptedException {
        if (lane.equals(Lane.BULK)) {
            gate.stepBack();
            long started = System.nanoTime();
            var answers = timed(batch);
            gate.rest(Duration.ofNanos(System.nanoTime() - started));
            return answers;
        }
        gate.enter();
        try {
            return timed(batch);
        } finally {
            gate.leave();
        }
    }

    private List<PredictionCompleted> timed(List<SourcedImage> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return List.of();
        }
        long started = System.nanoTime();
        List<PredictionCompleted> answers = classifier.classify(batch);
        telemetry.batch(answers.size(), Duration.ofNanos(System.nanoTime() - started));
        return answers;
    }
}
