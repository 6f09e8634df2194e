/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.ImageDecoder;
import io.sandpiper.classifier.image.ImageRejectedException;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.fetch.PictureUnavailableException;
import io.sandpiper.inference.model.ServingModel;
import io.sandpiper.inference.observe.ServingObserver;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.ClassProbability;
import io.sandpiper.schemas.PredictionCompleted.Reason;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.schemas.ServingObserved;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every picture of a batch its final state: one answer a picture, in no particular order. A picture at fault
 * does not touch its neighbours. Belongs to one thread, like the decoder inside.
 */
final class BatchClassifier {

    private static final Logger LOG = LoggerFactory.getLogger(BatchClassifier.class);

    private static final Reason EXPIRED =
            new Reason("deadline-passed", "The deadline passed before a worker came to it.");

    private static final Reason CANCELLED = new Reason("cancelled", "It was cancelled before a worker came to it.");

    /** Bytes of pictures that lay elsewhere. */
    private static final long FETCHED_AT_ONCE = 32L << 20;

    private final Models models;
    private final Claims claims;
    private final Predicate<String> cancelled;
    private final Clock clock;
    private final ImageDecoder decoder;
    private final String worker;
    private final int topK;
    private final ServingObserver observer;

    /** Where models are found by name. */
    @FunctionalInterface
    interface Models {
        Optional<ServingModel> find(String model) throws InterruptedException;
    }

    /** Where pictures are found that are not in their record. */
    @FunctionalInterface
    interface Claims {
        byte[] fetch(Claim claim) throws PictureUnavailableException, InterruptedException;
    }

    /** @param cancelled by prediction id */
    BatchClassifier(
            Models models, Claims claims, Predicate<String> cancelled, InferenceProperties properties, Clock clock) {
        this.models = models;
        this.claims = claims;
        this.cancelled = cancelled;
        this.clock = clock;
        this.decoder = new ImageDecoder(properties.imageLimits());
        this.worker = properties.workerId();
        this.topK = properties.topK();
        this.observer = new ServingObserver(properties, clock);
    }

    /** What was answered lately, added up, when it is time to tell. */
    List<ServingObserved> observed() {
        return observer.takeDue();
    }

    List<PredictionCompleted> classify(List<SourcedImage> batch) throws InterruptedException {
        Instant started = Instant.now();
        List<PredictionCompleted> answers = new ArrayList<>(batch.size());
        Map<String, List<SourcedImage>> byModel = new LinkedHashMap<>();
        for (SourcedImage image : batch) {
            if (isWanted(image, answers)) {
                byModel.computeIfAbsent(image.image().model(), m -> new ArrayList<>())
                        .add(image);
            }
        }
        for (Map.Entry<String, List<SourcedImage>> entry : byModel.entrySet()) {
            Optional<ServingModel> model = models.find(entry.getKey());
            if (model.isPresent()) {
                classify(model.get(), entry.getValue(), answers);
            } else {
                String detail = "There is no model named " + entry.getKey() + " in service.";
                entry.getValue().forEach(i -> answers.add(failed(i, null, new Reason("unknown-model", detail))));
            }
        }
        answers.replaceAll(answer -> answer.withStartedAt(started));
        return answers;
    }

    /** What nobody waits for costs no more than a look. */
    private boolean isWanted(SourcedImage image, List<PredictionCompleted> answers) {
        Instant deadline = image.image().deadline();
        if (deadline != null && deadline.isBefore(clock.instant())) {
            answers.add(answer(image, State.EXPIRED, null, List.of(), EXPIRED));
            return false;
        }
        if (cancelled.test(image.image().predictionId())) {
            answers.add(answer(image, State.CANCELLED, null, List.of(), CANCELLED));
            return false;
        }
        return true;
    }

    /** Those that lie elsewhere come a few at a time, and are fetched before the model is taken in use. */
    private void classify(ServingModel model, List<SourcedImage> images, List<PredictionCompleted> answers)
            throws InterruptedException {
        List<SourcedImage> ready = new ArrayList<>(images.size());
        long fetched = 0;
        for (SourcedImage image : images) {
            Claim claim = image.image().claim();
            if (claim == null) {
                ready.add(image);
                continue;
            }
            if (fetched + claim.bytes() > FETCHED_AT_ONCE && !ready.isEmpty()) {
                answers.addAll(use(model, ready));
                ready = new ArrayList<>();
                fetched = 0;
            }
            try {
                ready.add(image.with(claims.fetch(claim)));
                fetched += claim.bytes();
            } catch (PictureUnavailableException e) {
                answers.add(failed(image, null, new Reason("picture-unavailable", String.valueOf(e.getMessage()))));
            }
        }
        answers.addAll(use(model, ready));
    }

    private List<PredictionCompleted> use(ServingModel model, List<SourcedImage> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        return model.use((version, classifier) -> {
            List<PredictionCompleted> answers = classify(version, classifier, images);
            images.forEach(image -> model.answered(image.source()));
            return answers;
        });
    }

    private List<PredictionCompleted> classify(String version, Classifier classifier, List<SourcedImage> images) {
        List<PredictionCompleted> answers = new ArrayList<>(images.size());
        List<SourcedImage> decoded = new ArrayList<>(images.size());
        List<Pixels> pixels = new ArrayList<>(images.size());
        for (SourcedImage image : images) {
            try {
                var input = classifier.input();
                pixels.add(decoder.decode(image.image().image(), input.channels(), input.height(), input.width()));
                decoded.add(image);
            } catch (ImageRejectedException e) {
                Reason reason = new Reason(e.code().wireName(), String.valueOf(e.getMessage()));
                answers.add(answer(image, State.REJECTED, null, List.of(), reason));
            }
        }
        if (!pixels.isEmpty()) {
            predict(version, classifier, decoded, pixels, answers);
        }
        return answers;
    }

    /** A batch that the engine cannot compute is halved until the picture that breaks it stands alone. */
    private void predict(
            String version,
            Classifier classifier,
            List<SourcedImage> images,
            List<Pixels> pixels,
            List<PredictionCompleted> answers) {
        float[][] probabilities;
        try {
            probabilities = observer.classify(images.get(0).image().model(), version, classifier, pixels);
        } catch (RuntimeException | OutOfMemoryError e) {
            int size = images.size();
            if (size == 1) {
                LOG.error(
                        "Picture {} cannot be classified", images.get(0).image().predictionId(), e);
                answers.add(failed(
                        images.get(0), version, new Reason("classifier-error", "The network could not run on it.")));
                return;
            }
            predict(version, classifier, images.subList(0, size / 2), pixels.subList(0, size / 2), answers);
            predict(version, classifier, images.subList(size / 2, size), pixels.subList(size / 2, size), answers);
            return;
        }
        for (int i = 0; i < probabilities.length; i++) {
            List<ClassProbability> top = top(classifier.labels(), probabilities[i]);
            answers.add(answer(images.get(i), State.PREDICTED, version, top, null));
        }
    }

    private List<ClassProbability> top(List<String> labels, float[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
                .limit(topK)
                .map(c -> new ClassProbability(labels.get(c), probabilities[c]))
                .toList();
    }

    PredictionCompleted failed(SourcedImage image, @Nullable String version, Reason reason) {
        return answer(image, State.FAILED, version, List.of(), reason);
    }

    private PredictionCompleted answer(
            SourcedImage image,
            State state,
            @Nullable String version,
            List<ClassProbability> top,
            @Nullable Reason reason) {
        return new PredictionCompleted(
                image.image().predictionId(),
                image.image().model(),
                state,
                version,
                top.isEmpty() ? null : top.get(0).label(),
                top.isEmpty() ? null : top.get(0).probability(),
                top,
                reason,
                image.image().submittedAt(),
                null,
                Instant.now(),
                image.source(),
                worker,
                image.image().callback(),
                image.image().bulk());
    }
}
