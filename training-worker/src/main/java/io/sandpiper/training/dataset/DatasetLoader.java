/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.dataset;

import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.registry.LogReader;
import io.sandpiper.schemas.Json;
import io.sandpiper.schemas.MalformedMessageException;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.Topics;
import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.training.TrainingProperties;
import io.sandpiper.training.dataset.DatasetSnapshot.Entry;
import io.sandpiper.training.dataset.DatasetSnapshot.Part;
import io.sandpiper.training.dataset.FetchedPictures.Unusable;
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
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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
     * As the pictures are now.
     *
     * @throws UnusableDatasetException when there are fewer than two classes, or more pictures than may be
     */
    public DatasetSnapshot snapshot(String model) throws UnusableDatasetException {
        DatasetSnapshot snapshot = current(model);
        snapshot.requireTwoClasses();
        requireAllowed(snapshot);
        return snapshot;
    }

    /** @throws UnusableDatasetException when there are more pictures than may be */
    void requireAllowed(DatasetSnapshot snapshot) throws UnusableDatasetException {
        if (snapshot.entries().size() > properties.maxImages()) {
            throw new UnusableDatasetException("%s has %d pictures, sandpiper.training.max-images is %d."
                    .formatted(snapshot.model(), snapshot.entries().size(), properties.maxImages()));
        }
    }

    /**
     * How many labelled pictures there are that a snapshot has not, or under another label.
     *
     * @param digest of the snapshot; null, or one that is not kept: all of them
     */
    public long unseen(String model, @Nullable String digest) {
        DatasetSnapshot now = current(model);
        if (now.digest().equals(digest)) {
            return 0;
        }
        Map<String, String> seen = digest == null
                ? Map.of()
                : find(model, digest)
                        .map(snapshot -> snapshot.entries().stream()
                                .collect(Collectors.toMap(Entry::sha256, Entry::label, (a, b) -> b)))
                        .orElse(Map.of());
        return now.entries().stream()
                .filter(entry -> !entry.label().equals(seen.get(entry.sha256())))
                .count();
    }

    /** Until the pictures of a version are asked for. */
    public void keep(DatasetSnapshot snapshot) {
        store.put(
                ObjectKeys.datasetSnapshot(snapshot.model(), snapshot.digest()),
                Json.write(snapshot),
                "application/json");
    }

    /**
     * What was kept before.
     *
     * @param progress told how many pictures are loaded so far, on the calling thread
     */
    public Dataset loadAgain(String model, String digest, ModelManifest.Input input, IntConsumer progress)
            throws UnusableDatasetException, InterruptedException {
        DatasetSnapshot snapshot = kept(model, digest);
        return Dataset.of(snapshot, fetch(snapshot, input, progress).usable());
    }

    /** The held-out pictures of a snapshot that was taken before, for a network that sees them in another size. */
    public List<Sample> heldOut(String model, String digest, ModelManifest.Input input) throws InterruptedException {
        DatasetSnapshot snapshot = kept(model, digest);
        DatasetSnapshot heldOut = new DatasetSnapshot(
                model,
                digest,
                snapshot.entries().stream().filter(e -> e.split() == Part.TEST).toList());
        return Dataset.samples(fetch(heldOut, input, loaded -> {}).usable(), snapshot.labels(), Part.TEST);
    }

    /** What was kept before; empty when it was not kept here. */
    Optional<DatasetSnapshot> find(String model, String digest) {
        return store.get(ObjectKeys.datasetSnapshot(model, digest), MAX_SNAPSHOT_BYTES)
                .map(json -> Json.read(json, DatasetSnapshot.class));
    }

    private DatasetSnapshot kept(String model, String digest) {
        return find(model, digest)
                .orElseThrow(() -> new IllegalStateException("the snapshot %s is gone".formatted(digest)));
    }

    /** As the pictures are now, however few and however many. */
    DatasetSnapshot current(String model) {
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

    /**
     * Blocks until all pictures are there, or known not to be.
     *
     * @param progress told how many pictures are loaded so far, on the calling thread
     * @throws InsufficientMemoryException when so many pictures of that size cannot be held
     */
    public FetchedPictures fetch(DatasetSnapshot snapshot, ModelManifest.Input input, IntConsumer progress)
            throws InterruptedException {
        List<Entry> entries = snapshot.entries();
        InsufficientMemoryException.requireRoom("A data set", entries.size(), input, 1);
        List<LabelledPicture> usable = new ArrayList<>();
        List<Unusable> unusable = new ArrayList<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(properties.loadThreads(), task -> new Thread(task, "dataset-loader"));
        try {
            List<Future<List<Fetched>>> chunks = new ArrayList<>();
            for (int from = 0; from < entries.size(); from += CHUNK) {
                List<Entry> chunk = entries.subList(from, Math.min(entries.size(), from + CHUNK));
                chunks.add(threads.submit(() -> fetchChunk(chunk, input)));
            }
            int loaded = 0;
            for (Future<List<Fetched>> chunk : chunks) {
                for (Fetched fetched : chunk.get()) {
                    Entry entry = entries.get(loaded++);
                    if (fetched.pixels() != null) {
                        usable.add(new LabelledPicture(entry, fetched.pixels()));
                    } else {
                        LOG.warn("Training picture {} is left out: {}", entry.objectKey(), fetched.fault());
                        unusable.add(new Unusable(entry, fetched.fault()));
                    }
                }
                progress.accept(loaded);
            }
            return new FetchedPictures(usable, unusable);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the pictures cannot be loaded", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** @param fault why there are no pixels; empty when there are */
    private record Fetched(@Nullable Pixels pixels, String fault) {}

    private List<Fetched> fetchChunk(List<Entry> chunk, ModelManifest.Input input) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<Fetched> fetched = new ArrayList<>();
        for (Entry entry : chunk) {
            fetched.add(fetch(entry, input, decoder));
        }
        return fetched;
    }

    private Fetched fetch(Entry entry, ModelManifest.Input input, ImageDecoder decoder) {
        Optional<byte[]> image = store.get(entry.objectKey(), ImageLimits.DEFAULT.maxBytes());
        if (image.isEmpty()) {
            return new Fetched(null, "It is missing in the object store.");
        }
        try {
            return new Fetched(decoder.decode(image.get(), input.channels(), input.height(), input.width()), "");
        } catch (ImageRejectedException e) {
            return new Fetched(null, String.valueOf(e.getMessage()));
        }
    }
}
