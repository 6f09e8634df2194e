/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.micrometer.core.instrument.Metrics;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.InferenceProperties.Consumption;
import io.sandpiper.inference.fetch.Cancellations;
import io.sandpiper.inference.fetch.ClaimedPictures;
import io.sandpiper.inference.lane.LaneGate;
import io.sandpiper.inference.model.ServingModels;
import io.sandpiper.inference.observe.AnswerTelemetry;
import io.sandpiper.inference.publish.ResultPublisher;
import io.sandpiper.schemas.Lane;
import io.sandpiper.schemas.Lanes;
import io.sandpiper.service.trace.RecordTraces;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The consumers of pictures, one thread for each lane, started by {@link ImageConsumer} when there is a model. */
@Configuration(proxyBeanMethods = false)
class ImageConsumerConfiguration {

    @Bean
    LaneGate laneGate(InferenceProperties properties) {
        return new LaneGate(properties.bulkPatience(), properties.bulkShare());
    }

    /** Meters are those of the process: where it has the API too, one scrape tells of both. */
    @Bean
    BatchAnswererFactory batchAnswerers(
            ServingModels models,
            InferenceProperties properties,
            ClaimedPictures claims,
            Cancellations cancellations,
            LaneGate gate,
            RecordTraces traces) {
        return lane -> new BatchAnswerer(
                lane,
                gate,
                new BatchClassifier(
                        models::find, claims::fetch, cancellations::isCancelled, properties, Clock.systemUTC()),
                new AnswerTelemetry(lane, properties.workerId(), traces, Metrics.globalRegistry));
    }

    /** For each lane one: it belongs to the lane's thread. */
    @FunctionalInterface
    interface BatchAnswererFactory {
        BatchAnswerer create(Lane lane);
    }

    /** Small batches in bulk: a picture of another lane waits for one of them at most. */
    @Bean
    ImageConsumer imageConsumer(
            ServingModels models,
            Lanes lanes,
            InferenceProperties properties,
            KafkaProperties kafka,
            LaneConsumerFactory consumers) {
        Integer configured = kafka.getConsumer().getMaxPollRecords();
        int batch = configured == null ? ConsumerConfig.DEFAULT_MAX_POLL_RECORDS : configured;
        List<Lane> read = properties.lanes().isEmpty() ? lanes.all() : lanes.named(properties.lanes());
        return new ImageConsumer(
                models,
                read.stream()
                        .map(lane -> consumers.create(lane, lane.equals(Lane.BULK) ? properties.bulkBatch() : batch))
                        .toList());
    }

    @Bean
    LaneConsumerFactory laneConsumers(
            InferenceProperties properties,
            KafkaProperties kafka,
            LaneContainers containers,
            BatchAnswererFactory answerers,
            ResultPublisher publisher) {
        if (properties.consumption() == Consumption.PARTITION) {
            return (lane, batch) -> new PartitionLane(
                    containers.container(lane, batch), new GroupTakeover(kafka.buildAdminProperties(), lane));
        }
        return (lane, batch) -> {
            Map<String, Object> consumer = new HashMap<>(kafka.buildConsumerProperties());
            consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
            return new ShareLane(
                    lane,
                    consumer,
                    new GroupTakeover(kafka.buildAdminProperties(), lane),
                    answerers.create(lane),
                    publisher);
        };
    }

    @FunctionalInterface
    interface LaneConsumerFactory {
        /** @param batch records in a batch at most */
        LaneConsumer create(Lane lane, int batch);
    }
}
