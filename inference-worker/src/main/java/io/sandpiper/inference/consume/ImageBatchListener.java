/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.model.ServingModels;
import io.sandpiper.inference.publish.ResultPublisher;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.stereotype.Component;

/** One poll, one transaction: the container begins it, this answers every record in it, the container commits. */
@Component
final class ImageBatchListener implements BatchMessageListener<byte[], byte[]> {

    private final BatchClassifier classifier;
    private final ResultPublisher publisher;

    ImageBatchListener(ServingModels models, InferenceProperties properties, ResultPublisher publisher) {
        this.classifier = new BatchClassifier(models::find, properties);
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
            var answers = classifier.classify(batch);
            answers.forEach(publisher::publish);
            dead.forEach(publisher::deadLetter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
