/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.model;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.publish.RefusalPublisher;
import io.sandpiper.inference.publish.SwapPublisher;
import io.sandpiper.registry.ModelRegistry;
import io.sandpiper.registry.ModelRegistryReader;
import io.sandpiper.schemas.ModelSwapped;
import io.sandpiper.schemas.ModelVersion;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the champion of every model loaded. A new champion is fetched, checked and opened on a thread of its own while
 * the old one serves; one that fails its checks never serves. A worker that has none yet takes the latest before it
 * that passes. Any thread may ask.
 */
@Component
public final class ServingModels implements SmartLifecycle {

    /** Before the consumer, which wants models. */
    public static final int PHASE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(ServingModels.class);
    private static final Duration REGISTRY_LIMIT = Duration.ofSeconds(2);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final InferenceProperties properties;
    private final ModelRegistryReader registry;
    private final StoredVersions stored;
    private final RefusalPublisher refusals;
    private final SwapPublisher swaps;
    private final Map<String, ServingModel> serving = new ConcurrentHashMap<>();
    /** Failed their checks, and are not tried again. */
    private final Set<ModelVersion> refused = ConcurrentHashMap.newKeySet();

    /** The loader's own. */
    private final Shelf previous;

    private final CountDownLatch first = new CountDownLatch(1);
    private final ScheduledExecutorService loader = newLoader();
    private boolean retryPending;
    private volatile boolean running;

    ServingModels(
            InferenceProperties properties,
            ModelRegistryReader registry,
            StoredVersions stored,
            RefusalPublisher refusals,
            SwapPublisher swaps) {
        this.properties = properties;
        this.registry = registry;
        this.stored = stored;
        this.refusals = refusals;
        this.swaps = swaps;
        this.previous = new Shelf(properties.keepVersions());
    }

    /**
     * The model under that name, or empty when none of that name can answer. A name that is not known yet is looked for
     * in the log once more: whoever sent the picture may have read further than we have.
     *
     * @throws ModelUnavailableException when it cannot be told now, or the model is still being fetched
     */
    public Optional<ServingModel> find(String model) throws InterruptedException {
        ServingModel known = serving.get(model);
        if (known != null) {
            return Optional.of(known);
        }
        if (!registry.awaitCaughtUp(Instant.now(), REGISTRY_LIMIT)) {
            throw new ModelUnavailableException("model-events could not be read within " + REGISTRY_LIMIT);
        }
        ModelRegistry.Model wanted = registry.current().models().get(model);
        if (wanted == null || wanted.champion() == null) {
            return Optional.empty();
        }
        awaitLoader();
        ServingModel loaded = serving.get(model);
        if (loaded == null && !refused.containsAll(wanted.candidates())) {
            throw new ModelUnavailableException("model " + model + " is still being loaded");
        }
        return Optional.ofNullable(loaded);
    }

    /** Returns once a first model serves. */
    public void awaitFirst() throws InterruptedException {
        first.await();
    }

    @Override
    public void start() {
        running = true;
        registry.addListener(models -> loader.execute(this::loadChampions));
        registry.start();
    }

    @Override
    public void stop() {
        running = false;
        registry.close();
        endLoader();
        previous.close();
        serving.values().forEach(ServingModel::close);
        serving.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** On the loader's thread only, like everything it calls. */
    private void loadChampions() {
        boolean missing = false;
        for (ModelRegistry.Model model : registry.current().models().values()) {
            missing |= !loadLatest(model);
        }
        if (missing && !retryPending) {
            retryPending = true;
            var unused = loader.schedule(this::retry, properties.loadRetry().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        retryPending = false;
        loadChampions();
    }

    /** The champion; where it is refused, what serves goes on, or the latest before it that is not. */
    private boolean loadLatest(ModelRegistry.Model model) {
        for (ModelVersion version : model.candidates()) {
            if (isServing(version)) {
                return true;
            }
            if (!refused.contains(version)) {
                if (!load(version)) {
                    return false;
                }
                if (isServing(version)) {
                    return true;
                }
            }
        }
        return true;
    }

    private boolean isServing(ModelVersion version) {
        ServingModel current = serving.get(version.model());
        return current != null && current.version().equals(version.version());
    }

    /** False when it should be tried again. */
    private boolean load(ModelVersion champion) {
        try {
            OpenedModel kept = previous.take(champion);
            swaps.publish(put(
                    kept == null
                            ? new OpenedModel(
                                    champion, standIn(stored.load(champion).open()))
                            : kept));
            LOG.info("Model {} version {} serves", champion.model(), champion.version());
            return true;
        } catch (InvalidArchiveException e) {
            refused.add(champion);
            LOG.error("Model {} version {} is refused: {}", champion.model(), champion.version(), e.getMessage());
            refusals.publish(champion, String.valueOf(e.getMessage()));
            return true;
        } catch (IOException | RuntimeException | OutOfMemoryError | LinkageError e) {
            LOG.warn(
                    "Model {} version {} cannot be loaded, trying again in {}: {}",
                    champion.model(),
                    champion.version(),
                    properties.loadRetry(),
                    e.toString());
            return false;
        }
    }

    private Classifier standIn(Classifier network) {
        Duration delay = properties.standInDelay();
        if (delay == null) {
            return network;
        }
        LOG.warn("Nothing is classified: a stand-in waits {} for each batch", delay);
        return new StandInClassifier(network, delay);
    }

    private ModelSwapped put(OpenedModel next) {
        String model = next.version().model();
        String version = next.version().version();
        ServingModel current = serving.get(model);
        if (current == null) {
            Instant now = Instant.now();
            serving.put(model, new ServingModel(next));
            first.countDown();
            return new ModelSwapped(properties.workerId(), model, version, null, now, List.of());
        }
        ServingModel.Swap swap = current.swap(next);
        previous.put(swap.previous());
        return new ModelSwapped(
                properties.workerId(),
                model,
                version,
                swap.previous().version().version(),
                swap.at(),
                swap.positions());
    }

    /** Until everything the loader was asked for so far is done. */
    private void awaitLoader() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loader.execute(done::countDown);
        if (!done.await(properties.loadRetry().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Models are still loading after {}", properties.loadRetry());
        }
    }

    /** What it was opening is its own to close, so it is waited for a moment. */
    private void endLoader() {
        loader.shutdownNow();
        try {
            if (!loader.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A model is still being opened after {}", STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledExecutorService newLoader() {
        var executor = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "model-loader"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }
}
