/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.fetch;

import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.Topic;
import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Reads pictures again from where they lie in Kafka. Every call blocks, and opens a consumer; any thread may call. */
@Component
public final class SubmittedPictures {

    private final Map<String, Object> kafka;
    private final Lanes lanes;
    private final ClaimedPictures claims;

    SubmittedPictures(KafkaProperties kafka, Lanes lanes, ClaimedPictures claims) {
        this.kafka = kafka.buildConsumerProperties();
        this.lanes = lanes;
        this.claims = claims;
    }

    /**
     * The picture's bytes, as they were sent.
     *
     * @throws PictureUnavailableException when there is no such record, or none any more, or not of that prediction
     * @throws RuntimeException of Kafka or the object store: later it may be had
     */
    public byte[] fetch(Source source, String predictionId) throws PictureUnavailableException, InterruptedException {
        Topic<String, byte[]> topic = lanes.topic(source.topic()).orElseThrow(SubmittedPictures::gone);
        ImageSubmitted image = LogReader.at(kafka, topic, source.partition(), source.offset())
                .map(ImageSubmitted::of)
                .filter(found -> found.predictionId().equals(predictionId))
                .orElseThrow(SubmittedPictures::gone);
        Claim claim = image.claim();
        return claim == null ? image.image() : claims.fetch(claim);
    }

    private static PictureUnavailableException gone() {
        return new PictureUnavailableException("The picture's record is not in Kafka any more.");
    }
}
