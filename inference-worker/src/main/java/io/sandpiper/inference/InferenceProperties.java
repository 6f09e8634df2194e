/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference;

import io.sandpiper.classifier.image.ImageLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the inference worker.
 *
 * @param workerId stamped on every answer, and part of the transactional id: no two running workers may share one
 * @param consumption how the workers share a lane; all of them the same way
 * @param lanes that this worker reads, by name: {@code interactive}, {@code bulk}, or a model that has its own; none: all
 * @param staticMembership whether the worker keeps its partitions while it is restarted, for as long as a dead one would
 * @param topK how many classes an answer names
 * @param bulkBatch pictures of the bulk lane at a time; one of the interactive lane waits for so many at most
 * @param bulkPatience how long the bulk lane steps back behind the interactive one before it takes a turn
 * @param bulkShare of the time that the bulk lane may work while single pictures keep coming
 * @param keepVersions how many versions of each model stay open after they served, so that going back takes no time
 * @param loadRetry how long to wait before a version is tried again that could not be fetched
 * @param explanations whether this worker explains answers, with one network more in memory while it does
 * @param gradCam whether it may load Deeplearning4j for that, some 450 MB; else the parts of a picture are covered in turn
 * @param observations whether what is answered is added up and told, so that a change of the pictures is noticed
 * @param standInDelay for load tests: what takes the network's place waits so long for each batch; not set: the network
 * @param verifyKey PEM file with the public key that versions must be signed with; not set: signatures are not looked at
 * @param maxImageBytes largest picture, encoded
 * @param maxImagePixels largest picture, width times height
 * @param maxImageSide longest side, in pixels
 */
@ConfigurationProperties("sandpiper.inference")
public record InferenceProperties(
        String workerId,
        @DefaultValue("partition") Consumption consumption,
        @DefaultValue List<String> lanes,
        @DefaultValue("false") boolean staticMembership,
        @DefaultValue("5") int topK,
        @DefaultValue("16") int bulkBatch,
        @DefaultValue("250ms") Duration bulkPatience,
        @DefaultValue("0.2") double bulkShare,
        @DefaultValue("2") int keepVersions,
        @DefaultValue("5s") Duration loadRetry,
        @DefaultValue("true") boolean explanations,
        @DefaultValue("true") boolean gradCam,
        @DefaultValue("true") boolean observations,
        @Nullable Duration standInDelay,
        @Nullable Path verifyKey,
        @DefaultValue("10MB") DataSize maxImageBytes,
        @DefaultValue("50000000") long maxImagePixels,
        @DefaultValue("16384") int maxImageSide) {

    /** How workers share a lane. */
    public enum Consumption {
        /** Each partition has one worker; every answer is committed once. */
        PARTITION,
        /** Any number of workers on any number of partitions; after a crash an answer may be written twice, the same. */
        SHARE
    }

    public InferenceProperties {
        lanes = List.copyOf(lanes);
        if (workerId == null || workerId.isBlank()) {
            throw new IllegalArgumentException(
                    "sandpiper.inference.worker-id is not set: every worker needs a name of its own");
        }
        if (bulkBatch < 1 || bulkPatience.isNegative()) {
            throw new IllegalArgumentException(
                    "sandpiper.inference.bulk-batch must be at least 1, bulk-patience must not be negative");
        }
        if (!(bulkShare > 0 && bulkShare <= 1)) {
            throw new IllegalArgumentException("sandpiper.inference.bulk-share is above 0 and at most 1");
        }
        if (keepVersions < 0) {
            throw new IllegalArgumentException("sandpiper.inference.keep-versions must not be negative");
        }
        if (topK < 1) {
            throw new IllegalArgumentException("sandpiper.inference.top-k must be at least 1");
        }
    }

    public ImageLimits imageLimits() {
        return new ImageLimits(maxImageBytes.toBytes(), maxImagePixels, maxImageSide);
    }
}
