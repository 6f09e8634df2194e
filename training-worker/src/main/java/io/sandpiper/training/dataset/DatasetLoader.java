/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Takes a snapshot of a model's labelled pictures, keeps it, and brings the pictures into memory. */
@Component
public final class DatasetLoader {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetLoader.class);
    /** Pictures fetched by one task, with one decoder. */
    private static final int CHUNK = 256;

    private static final long MAX_SNAPSHOT_BYTES = 1L << 29;

    private final KafkaProperties kafka;
    private final ObjectStore store;
    private final TrainingProperties properties;

    DatasetLoader(KafkaProperties kafka, ObjectStore store, TrainingProperties properties) {
        this.kafka = kafka;
        this.store = store;
        this.properties = properties;
    }

    /**
     * Blocks until all pictures are there.
     *
     * @param progress told how many pictures are loaded so far, on the calling thread
     * @throws UnusableDatasetException when there are fewer than two classes, nothing to train on, or nothing held out
     */
    public Dataset load(String model, ModelManifest.Input input, IntConsumer progress)
            throws UnusableDatasetException, InterruptedException {
        DatasetSnapshot snapshot = snapshot(model);
        store.put(ObjectKeys.datasetSnapshot(model, snapshot.digest()), Json.write(snapshot), "application/json");
        return load(snapshot, input, progress);
    }

    /** As {@link #load}, of a snapshot that was taken before. */
    public Dataset loadAgain(String model, String digest, ModelManifest.Input input, IntConsumer progress)
            throws UnusableDatasetException, InterruptedException {
        return load(kept(model, digest), input, progress);
    }

    private Dataset load(DatasetSnapshot snapshot, ModelManifest.Input input, IntConsumer progress)
            throws UnusableDatasetException, InterruptedException {
        String model = snapshot.model();
        List<String> labels = snapshot.labels();
        if (labels.size() < 2) {
            throw new UnusableDatasetException(
                    "Training needs pictures of at least two classes, %s has %d. Upload more labelled pictures."
                            .formatted(model, labels.size()));
        }
        if (snapshot.entries().size() > properties.maxImages()) {
            throw new UnusableDatasetException("%s has %d pictures, sandpiper.training.max-images is %d."
                    .formatted(model, snapshot.entries().size(), properties.maxImages()));
        }
        Samples samples = fetch(snapshot, labels, input, progress);
        List<Sample> train = samples.of(Part.TRAIN);
        List<Sample> test = samples.of(Part.TEST);
        if (train.isEmpty() || test.isEmpty()) {
            throw new UnusableDatasetException(
                    "%s has %d pictures to train on and %d held out; both need some. Upload more labelled pictures."
                            .formatted(model, train.size(), test.size()));
        }
        return new Dataset(snapshot.digest(), labels, train, samples.of(Part.VALIDATION), test);
    }

    /** The held-out pictures of a snapshot that was taken before, for a network that sees them in another size. */
    public List<Sample> heldOut(String model, String digest, ModelManifest.Input input) throws InterruptedException {
        DatasetSnapshot snapshot = kept(model, digest);
        DatasetSnapshot heldOut = new DatasetSnapshot(
                model,
                digest,
                snapshot.entries().stream().filter(e -> e.split() == Part.TEST).toList());
        return fetch(heldOut, snapshot.labels(), input, loaded -> {}).of(Part.TEST);
    }

    private DatasetSnapshot kept(String model, String digest) {
        return store.get(ObjectKeys.datasetSnapshot(model, digest), MAX_SNAPSHOT_BYTES)
                .map(json -> Json.read(json, DatasetSnapshot.class))
                .orElseThrow(() -> new IllegalStateException("the snapshot %s is gone".formatted(digest)));
    }

    private DatasetSnapshot snapshot(String model) {
        Map<String, TrainingImageAccepted> images = new HashMap<>();
        LogReader.readToEnd(kafka.buildConsumerProperties(), Topics.TRAINING_IMAGES, record -> {
            if (record.value() == null) {
                images.remove(Topics.TRAINING_IMAGES.key(record));
            } else {
                read(record).filter(i -> i.model().equals(model)).ifPresent(i -> images.put(i.key(), i));
            }
        });
        return DatasetSnapshot.of(model, images.values());
    }

    /** Empty, with a line in the log, when it is no message of ours: the others still count. */
    private static Optional<TrainingImageAccepted> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(Topics.TRAINING_IMAGES.value(record));
        } catch (MalformedMessageException e) {
            LOG.error("training-images offset {} is skipped: {}", record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private record Samples(List<Sample> train, List<Sample> validation, List<Sample> test) {

        List<Sample> of(Part part) {
            return switch (part) {
                case TRAIN -> train;
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }
    }

    private Samples fetch(
            DatasetSnapshot snapshot, List<String> labels, ModelManifest.Input input, IntConsumer progress)
            throws InterruptedException {
        Samples samples = new Samples(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        ExecutorService threads =
                Executors.newFixedThreadPool(properties.loadThreads(), task -> new Thread(task, "dataset-loader"));
        try {
            List<DatasetSnapshot.Entry> entries = snapshot.entries();
            List<Future<List<Optional<Sample>>>> chunks = new ArrayList<>();
            for (int from = 0; from < entries.size(); from += CHUNK) {
                List<DatasetSnapshot.Entry> chunk = entries.subList(from, Math.min(entries.size(), from + CHUNK));
                chunks.add(threads.submit(() -> fetchChunk(chunk, labels, input)));
            }
            int loaded = 0;
            for (Future<List<Optional<Sample>>> chunk : chunks) {
                for (Optional<Sample> sample : chunk.get()) {
                    Part part = entries.get(loaded++).split();
                    sample.ifPresent(samples.of(part)::add);
                }
                progress.accept(loaded);
            }
            return samples;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the pictures cannot be loaded", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Optional<Sample>> fetchChunk(
            List<DatasetSnapshot.Entry> chunk, List<String> labels, ModelManifest.Input input) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<Optional<Sample>> samples = new ArrayList<>();
        for (DatasetSnapshot.Entry entry : chunk) {
            samples.add(fetch(entry, labels, input, decoder));
        }
        return samples;
    }

    /** Empty, with a line in the log, when the object is missing or does not decode: the others still count. */
    private Optional<Sample> fetch(
            DatasetSnapshot.Entry entry, List<String> labels, ModelManifest.Input input, ImageDecoder decoder) {
        Optional<byte[]> image = store.get(entry.objectKey(), ImageLimits.DEFAULT.maxBytes());
        if (image.isEmpty()) {
            LOG.warn("Training picture {} is missing in the object store", entry.objectKey());
            return Optional.empty();
        }
        try {
            return Optional.of(new Sample(
                    decoder.decode(image.get(), input.channels(), input.height(), input.width()),
                    labels.indexOf(entry.label()),
                    new Sample.Origin(entry.sha256(), entry.width(), entry.height())));
        } catch (ImageRejectedException e) {
            LOG.warn("Training picture {} is left out: {}", entry.objectKey(), e.getMessage());
            return Optional.empty();
        }
    }
}
