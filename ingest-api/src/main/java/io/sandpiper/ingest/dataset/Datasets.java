/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.dataset;

import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.registry.LogView;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingImageAccepted;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** What the log of labelled pictures says. A picture that was just accepted may not be among them yet. */
@Component
public final class Datasets implements InitializingBean, DisposableBean {

    private final LogView<Map<String, ModelDataset>, TrainingImageAccepted> log;

    Datasets(KafkaProperties kafka) {
        this.log = new LogView<>(
                kafka.buildConsumerProperties(), Topics.TRAINING_IMAGES, new ConcurrentHashMap<>(), Datasets::with);
    }

    @Override
    public void afterPropertiesSet() {
        log.start();
    }

    @Override
    public void destroy() {
        log.close();
    }

    public boolean isCaughtUp() {
        return log.isCaughtUp();
    }

    /** Empty when the model has no labelled picture. */
    public Optional<DatasetSummary> summary(String model) {
        return Optional.ofNullable(log.current().get(model)).map(pictures -> pictures.summary(model));
    }

    /** Whether an event tells of the object. */
    public boolean isKnown(String objectKey) {
        String rest = objectKey.substring(ObjectKeys.TRAINING_IMAGES.length());
        int slash = rest.indexOf('/');
        return slash > 0 && find(rest.substring(0, slash), rest.substring(slash + 1)) != null;
    }

    ModelDataset.@Nullable Known find(String model, String sha256) {
        ModelDataset pictures = log.current().get(model);
        return pictures == null ? null : pictures.find(sha256);
    }

    private static Map<String, ModelDataset> with(Map<String, ModelDataset> models, TrainingImageAccepted picture) {
        models.computeIfAbsent(picture.model(), m -> new ModelDataset()).add(picture);
        return models;
    }
}
