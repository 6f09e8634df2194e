/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Every topic there is. The application creates them at start; brokers must not create topics on their own. */
public final class Topics {

    /** How long an answer can be asked for, and so how long its picture is kept. */
    public static final Duration ANSWER_RETENTION = Duration.ofHours(24);

    private static final int LANES = 8;
    private static final Map<String, String> ANSWERS =
            Map.of("retention.ms", String.valueOf(ANSWER_RETENTION.toMillis()));
    private static final Map<String, String> AN_HOUR =
            Map.of("retention.ms", String.valueOf(Duration.ofHours(1).toMillis()));
    private static final Map<String, String> A_WEEK =
            Map.of("retention.ms", String.valueOf(Duration.ofDays(7).toMillis()));
    private static final Map<String, String> A_MONTH =
            Map.of("retention.ms", String.valueOf(Duration.ofDays(30).toMillis()));
    private static final Map<String, String> FOREVER = Map.of("retention.ms", "-1");
    /** Long enough to see whether a version does worse than the one before it. */
    public static final Duration FEEDBACK_RETENTION = Duration.ofDays(30);

    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** Key: prediction id. Value: the picture's own bytes; what else there is to say is in {@link ImageSubmitted}. */
    public static final Topic<String, byte[]> IMAGES = pictures("images");

    /** As {@link #IMAGES}, for those that came in bulk: they wait while single ones are answered. */
    public static final Topic<String, byte[]> IMAGES_BULK = pictures("images-bulk");

    /** Key: bulk job id. As many partitions as the results have: they are brought together. */
    public static final Topic<String, BulkEvent> BULK_JOBS =
            new Topic<>("bulk-jobs", Serdes.String(), json(BulkEvent.class), LANES, ANSWERS);

    /** Pictures that no worker could answer for, as they came, with the reason in spring-kafka's headers. */
    public static final Topic<String, byte[]> IMAGES_DLT = new Topic<>(
            "images-dlt", Serdes.String(), Serdes.ByteArray(), LANES, with(FOREVER, "max.message.bytes", "12582912"));

    /** Key: prediction id. Exactly one final state for each id, for readers of committed records. */
    public static final Topic<String, PredictionCompleted> PREDICTIONS =
            new Topic<>("predictions", Serdes.String(), json(PredictionCompleted.class), LANES, ANSWERS);

    /** Key: prediction id. Every worker reads all of it. */
    public static final Topic<String, PredictionCancelled> CANCELLATIONS =
            new Topic<>("cancellations", Serdes.String(), json(PredictionCancelled.class), 1, ANSWERS);

    /** Key: prediction id, so that who asks twice is answered by one worker. Of use for a minute. */
    public static final Topic<String, ExplanationRequested> EXPLANATION_REQUESTS =
            new Topic<>("explanation-requests", Serdes.String(), json(ExplanationRequested.class), LANES, AN_HOUR);

    /** Key: explanation id. Every instance of the API reads all of it. */
    public static final Topic<String, ExplanationCompleted> EXPLANATIONS =
            new Topic<>("explanations", Serdes.String(), json(ExplanationCompleted.class), 1, ANSWERS);

    /** Key: model/sha256. The labelled pictures that lie in the object store; the last label given counts. */
    public static final Topic<String, TrainingImageAccepted> TRAINING_IMAGES =
            new Topic<>("training-images", Serdes.String(), json(TrainingImageAccepted.class), 1, COMPACTED);

    /** Key: model. */
    public static final Topic<String, TrainingCommand> TRAINING_COMMANDS =
            new Topic<>("training-commands", Serdes.String(), json(TrainingCommand.class), 1, FOREVER);

    /** Key: job id. */
    public static final Topic<String, TrainingEvent> TRAINING_EVENTS =
            new Topic<>("training-events", Serdes.String(), json(TrainingEvent.class), 1, COMPACTED);

    /** Key: model/version. The registry is this log; every event tells the whole version, so compaction loses none. */
    public static final Topic<String, ModelEvent> MODEL_EVENTS =
            new Topic<>("model-events", Serdes.String(), json(ModelEvent.class), 1, COMPACTED);

    /** Key: model. What people want of it: the last that is said of a model is all of its settings. */
    public static final Topic<String, ModelConfigured> MODEL_SETTINGS =
            new Topic<>("model-settings", Serdes.String(), json(ModelConfigured.class), 1, COMPACTED);

    /** Key: worker id. Which version a worker serves since when; of use as long as the answers it speaks of. */
    public static final Topic<String, ModelSwapped> WORKER_EVENTS =
            new Topic<>("worker-events", Serdes.String(), json(ModelSwapped.class), 1, ANSWERS);

    /** Key: model/version. What the workers answered, added up; of use for as long as it takes to hold it against something. */
    public static final Topic<String, ServingObserved> OBSERVATIONS =
            new Topic<>("observations", Serdes.String(), json(ServingObserved.class), 1, AN_HOUR);

    /** Key: model/version. */
    public static final Topic<String, DriftMeasured> DRIFT =
            new Topic<>("drift", Serdes.String(), json(DriftMeasured.class), 1, A_WEEK);

    /** Key: model. */
    public static final Topic<String, TriggerFired> TRIGGERS =
            new Topic<>("triggers", Serdes.String(), json(TriggerFired.class), 1, A_MONTH);

    /** Key: id of the test. Of a sweep that goes on, the last event tells all of it. */
    public static final Topic<String, LoadTestEvent> LOAD_TESTS =
            new Topic<>("load-tests", Serdes.String(), json(LoadTestEvent.class), 1, COMPACTED);

    /** Key: prediction id. What people say that pictures show; the last that is said of one counts. */
    public static final Topic<String, LabelGiven> FEEDBACK = new Topic<>(
            "feedback",
            Serdes.String(),
            json(LabelGiven.class),
            1,
            Map.of("cleanup.policy", "compact,delete", "retention.ms", String.valueOf(FEEDBACK_RETENTION.toMillis())));

    /** Key: hash of the idempotency key. As many partitions as the results have. */
    public static final Topic<String, IdempotencyKeyUsed> IDEMPOTENCY_KEYS =
            new Topic<>("idempotency-keys", Serdes.String(), json(IdempotencyKeyUsed.class), LANES, ANSWERS);

    /** Key: key id. */
    public static final Topic<String, ApiKeyChanged> API_KEYS =
            new Topic<>("api-keys", Serdes.String(), json(ApiKeyChanged.class), 1, COMPACTED);

    /** What the application creates. */
    public static final List<Topic<?, ?>> ALL = List.of(
            IMAGES,
            IMAGES_BULK,
            BULK_JOBS,
            IMAGES_DLT,
            PREDICTIONS,
            CANCELLATIONS,
            EXPLANATION_REQUESTS,
            EXPLANATIONS,
            TRAINING_IMAGES,
            TRAINING_COMMANDS,
            TRAINING_EVENTS,
            MODEL_EVENTS,
            MODEL_SETTINGS,
            WORKER_EVENTS,
            OBSERVATIONS,
            DRIFT,
            TRIGGERS,
            LOAD_TESTS,
            FEEDBACK,
            API_KEYS,
            IDEMPOTENCY_KEYS);

    private Topics() {}

    /** As {@link #IMAGES}, for a model that has a lane of its own. */
    public static Topic<String, byte[]> images(String model) {
        return pictures("images." + model);
    }

    /**
     * For the admin client of every service: whoever starts first creates them.
     *
     * @param lanePartitions of the topics of pictures; their number bounds how many workers share a lane. A topic that is
     *     there grows to it and never shrinks
     */
    public static NewTopic[] newTopics(Lanes lanes, int lanePartitions) {
        Set<Topic<?, ?>> pictures = lanes.all().stream().map(Lane::topic).collect(Collectors.toSet());
        return Stream.concat(pictures.stream(), ALL.stream())
                .distinct()
                .map(topic -> topic.newTopic(pictures.contains(topic) ? lanePartitions : topic.partitions()))
                .toArray(NewTopic[]::new);
    }

    private static Topic<String, byte[]> pictures(String name) {
        return new Topic<>(
                name, Serdes.String(), Serdes.ByteArray(), LANES, with(ANSWERS, "max.message.bytes", "11534336"));
    }

    private static <T> Serde<T> json(Class<T> type) {
        return new JsonSerde<>(type);
    }

    private static Map<String, String> with(Map<String, String> config, String key, String value) {
        Map<String, String> more = new HashMap<>(config);
        more.put(key, value);
        return more;
    }
}
