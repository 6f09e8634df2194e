/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.explain;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.explain.Explainer;
import io.sandpiper.classifier.explain.Explanation;
import io.sandpiper.classifier.explain.Pace;
import io.sandpiper.classifier.image.HeatOverlay;
import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.classifier.image.Png;
import io.sandpiper.inference.fetch.PictureUnavailableException;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationMethod;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.Source;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws heat maps, with a network of its own beside those that serve: the last version that was asked about stays open.
 * Belongs to one thread.
 */
public final class AnswerExplainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerExplainer.class);
    private static final int MAX_SIDE = 512;

    private final Versions versions;
    private final Pictures pictures;
    private final ObjectStore store;
    private final ImageDecoder decoder;
    private final Pace pace;
    private final String worker;
    private @Nullable Opened opened;

    private record Opened(ModelVersion version, Explainer explainer) {}

    /** Where versions are found. */
    public interface Versions {

        /** Null when there is no such version. */
        @Nullable
        ModelVersion find(String model, String version) throws InterruptedException;

        Explainer open(ModelVersion version, Pace pace) throws InvalidArchiveException, IOException;
    }

    /** Where pictures are found. */
    @FunctionalInterface
    public interface Pictures {
        byte[] fetch(Source source, String predictionId) throws PictureUnavailableException, InterruptedException;
    }

    public AnswerExplainer(
            Versions versions, Pictures pictures, ObjectStore store, ImageLimits limits, Pace pace, String worker) {
        this.versions = versions;
        this.pictures = pictures;
        this.store = store;
        this.decoder = new ImageDecoder(limits);
        this.pace = pace;
        this.worker = worker;
    }

    /** @throws RuntimeException of Kafka or the object store: to be tried again */
    public ExplanationCompleted explain(ExplanationRequested wanted) throws InterruptedException, IOException {
        try {
            ModelVersion version = versions.find(wanted.model(), wanted.modelVersion());
            if (version == null) {
                return failed(wanted, "The version that answered is not known any more.");
            }
            int label = version.labels().indexOf(wanted.label());
            if (label < 0) {
                return failed(wanted, "The version that answered has no such class.");
            }
            byte[] picture = pictures.fetch(wanted.source(), wanted.predictionId());
            return drawn(wanted, picture, explainer(version), label);
        } catch (PictureUnavailableException e) {
            return answer(wanted, null, new Reason("picture-gone", String.valueOf(e.getMessage())));
        } catch (ImageRejectedException e) {
            return failed(wanted, String.valueOf(e.getMessage()));
        } catch (InvalidArchiveException e) {
            return failed(wanted, "The version that answered cannot be opened: " + e.getMessage());
        }
    }

    private ExplanationCompleted drawn(ExplanationRequested wanted, byte[] picture, Explainer explainer, int label)
            throws ImageRejectedException, InterruptedException {
        var input = explainer.input();
        Pixels seen = decoder.decode(picture, input.channels(), input.height(), input.width());
        Explanation explanation;
        try {
            explanation = explainer.explain(seen, label);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("{} cannot be explained", wanted.predictionId(), e);
            return failed(wanted, "The network could not run on it.");
        }
        Pixels overlay = HeatOverlay.draw(
                decoder.decodeWithin(picture, MAX_SIDE), explanation.heat().toPixels());
        store.put(ObjectKeys.explanation(wanted.explanationId()), Png.encode(overlay), "image/png");
        return answer(wanted, explanation.method(), null);
    }

    private Explainer explainer(ModelVersion version) throws InvalidArchiveException, IOException {
        Opened last = opened;
        if (last != null && last.version().equals(version)) {
            return last.explainer();
        }
        close();
        Explainer explainer = versions.open(version, pace);
        opened = new Opened(version, explainer);
        return explainer;
    }

    private ExplanationCompleted failed(ExplanationRequested wanted, String detail) {
        return answer(wanted, null, new Reason("explanation-unavailable", detail));
    }

    private ExplanationCompleted answer(
            ExplanationRequested wanted, @Nullable ExplanationMethod method, @Nullable Reason reason) {
        return new ExplanationCompleted(
                wanted.explanationId(), wanted.predictionId(), wanted.label(), method, reason, worker, Instant.now());
    }

    /** Lets go of the network; the next question opens it again. */
    @Override
    public void close() {
        Opened last = opened;
        opened = null;
        if (last != null) {
            last.explainer().close();
        }
    }
}
