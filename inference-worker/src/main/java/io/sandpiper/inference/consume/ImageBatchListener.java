/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.lane.Lane;
import io.sandpiper.inference.lane.LaneGate;
import io.sandpiper.inference.publish.ResultPublisher;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.kafka.listener.BatchMessageListener;

/** One poll, one transaction: the container begins it, this answers every record in it, the container commits. */
final class ImageBatchListener implements BatchMessageListener<byte[], byte[]> {

    private final BatchClassifier classifier;
    private final ResultPublisher publisher;

    private final Lane lane;
    private final LaneGate gate;

    ImageBatchListener(Lane lane, LaneGate gate, BatchClassifier classifier, ResultPublisher publisher) {
        this.lane = lane;
        this.gate = gate;
        this.classifier = classifier;
        this.publisher = publisher;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
        List<SourcedImage> batch = new ArrayList<>(records.size());
        Map<ConsumerRecord<byte[], byte[]>, String> dead = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                batch.add(new SourcedImage(
                        ImageSubmitted.of(record), new Source(record.topic(), record.partition(), record.offset())));
            } catch (MalformedMessageException e) {
                dead.put(record, String.valueOf(e.getMessage()));
            }
        }
        try {
            // Nothing is sent before everything is decided: the transaction is open only while it is written.
            var answers = classify(batch);
            answers.forEach(publisher::publish);
            dead.forEach(publisher::deadLetter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private List<PredictionCompleted> classify(List<SourcedImage> batch) throws InterruptedException {
        if (lane == Lane.BULK) {
            gate.stepBack();
            long started = System.nanoTime();
            List<PredictionCompleted> answers = classifier.classify(batch);
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
