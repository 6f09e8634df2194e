/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.lane.LaneGate;
import io.sandpiper.inference.publish.Answers;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** From the records of a poll to all that is to be said of them. Belongs to the thread of its lane. */
final class BatchAnswerer {

    private static final Reason KILLED_ITS_WORKER =
            new Reason("killed-its-worker", "Three workers ended while they had this picture.");

    private final Lane lane;
    private final LaneGate gate;
    private final BatchClassifier classifier;

    BatchAnswerer(Lane lane, LaneGate gate, BatchClassifier classifier) {
        this.lane = lane;
        this.gate = gate;
        this.classifier = classifier;
    }

    /** Nothing is sent here: a transaction is open only while everything that is decided is written. */
    Answers answer(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        List<SourcedImage> batch = new ArrayList<>(records.size());
        Map<ConsumerRecord<byte[], byte[]>, String> dead = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                batch.add(sourced(record));
            } catch (MalformedMessageException e) {
                dead.put(record, String.valueOf(e.getMessage()));
            }
        }
        return new Answers(classify(batch), dead, classifier.observed());
    }

    /** Of a record that three workers ended with: its sender hears of it, and it lies among the dead letters. */
    Answers giveUp(ConsumerRecord<byte[], byte[]> record) {
        Map<ConsumerRecord<byte[], byte[]>, String> dead = Map.of(record, KILLED_ITS_WORKER.detail());
        try {
            return new Answers(List.of(classifier.failed(sourced(record), null, KILLED_ITS_WORKER)), dead, List.of());
        } catch (MalformedMessageException e) {
            return new Answers(List.of(), dead, List.of());
        }
    }

    private static SourcedImage sourced(ConsumerRecord<byte[], byte[]> record) {
        return new SourcedImage(
                ImageSubmitted.of(record), new Source(record.topic(), record.partition(), record.offset()));
    }

    private List<PredictionCompleted> classify(List<SourcedImage> batch) throws InterruptedException {
        if (lane.equals(Lane.BULK)) {
            gate.stepBack();
            long started = System.nanoTime();
            var answers = classifier.classify(batch);
            gate.rest(Duration.ofNanos(System.nanoTime() - started));
            return answers;
        }
        gate.enter();
        try {
            return classifier.classify(batch);
        } finally {
            gate.leave();
        }
    }
}
