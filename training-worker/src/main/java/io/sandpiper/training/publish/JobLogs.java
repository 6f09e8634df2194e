/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.publish;

import io.micrometer.core.instrument.Metrics;
import io.sandpiper.service.trace.RecordTraces;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Opens the logs of jobs. Thread-safe. */
@Component
public final class JobLogs {

    private final Map<String, Object> config;
    private final RecordTraces traces;
    private final JobMeters meters = new JobMeters(Metrics.globalRegistry);

    JobLogs(KafkaProperties kafka, RecordTraces traces) {
        this.traces = traces;
        this.config = Map.copyOf(kafka.buildProducerProperties());
    }

    /**
     * From its return on, whoever had the log of that job before can write to it no more.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer in time
     */
    public JobLog open(String jobId) {
        Map<String, Object> own = new HashMap<>(config);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "training-job-" + jobId);
        own.put(ProducerConfig.CLIENT_ID_CONFIG, "training-job-" + jobId);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new JobLog(jobId, producer, traces, meters);
        } catch (RuntimeException e) {
            producer.close(JobLog.CLOSE_LIMIT);
            throw e;
        }
    }
}
