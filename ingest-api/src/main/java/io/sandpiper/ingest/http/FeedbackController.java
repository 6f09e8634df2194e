/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.http;

import io.sandpiper.ingest.admission.Holder;
import io.sandpiper.ingest.dataset.TrainingImages;
import io.sandpiper.ingest.picture.SubmittedPictures;
import io.sandpiper.ingest.publish.Publisher;
import io.sandpiper.schemas.LabelGiven;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes people's word for what a picture shows. */
@RestController
final class FeedbackController {

    /** More would not be read. */
    private static final int LABELS_TOLD = 20;

    private final KnownPredictions predictions;
    private final KnownModels models;
    private final SubmittedPictures pictures;
    private final TrainingImages trainingImages;
    private final Publisher publisher;

    FeedbackController(
            KnownPredictions predictions,
            KnownModels models,
            SubmittedPictures pictures,
            TrainingImages trainingImages,
            Publisher publisher) {
        this.predictions = predictions;
        this.models = models;
        this.pictures = pictures;
        this.trainingImages = trainingImages;
        this.publisher = publisher;
    }

    /** @param retain whether it is to be learned from; absent: not */
    record Word(@Nullable String label, @Nullable Boolean retain) {}

    record FeedbackView(
            String predictionId,
            String model,
            String modelVersion,
            String predicted,
            String label,
            boolean right,
            @Nullable String trainingImage) {

        static FeedbackView of(LabelGiven given) {
            return new FeedbackView(
                    given.predictionId(),
                    given.model(),
                    given.modelVersion(),
                    given.predicted(),
                    given.label(),
                    given.wasRight(),
                    given.trainingImage());
        }
    }

    @PostMapping("/v1/predictions/{id}/feedback")
    Mono<FeedbackView> give(@PathVariable String id, @RequestBody Word word, ServerWebExchange exchange) {
        Holder holder = ApiKeyFilter.holder(exchange);
        return predictions.answered(id, holder, Duration.ZERO).flatMap(answer -> give(answer, word, holder));
    }

    private Mono<FeedbackView> give(PredictionCompleted answer, Word word, Holder holder) {
        if (answer.label() == null || answer.modelVersion() == null) {
            throw new ApiException(
                    HttpStatus.CONFLICT, "not-predicted", "No network answered: it is %s.".formatted(answer.state()));
        }
        String label = label(answer.model(), answer.modelVersion(), word.label());
        Mono<Optional<String>> retained = Boolean.TRUE.equals(word.retain())
                ? retain(answer, label).map(Optional::of)
                : Mono.just(Optional.empty());
        return retained.map(sha256 -> given(answer, label, sha256.orElse(null), holder))
                .flatMap(given -> publisher.publish(given).thenReturn(FeedbackView.of(given)));
    }

    private static LabelGiven given(
            PredictionCompleted answer, String label, @Nullable String trainingImage, Holder holder) {
        return new LabelGiven(
                answer.predictionId(),
                answer.model(),
                Objects.requireNonNull(answer.modelVersion()),
                Objects.requireNonNull(answer.label()),
                Objects.requireNonNullElse(answer.probability(), 0.0),
                label,
                trainingImage,
                holder.nameInWords(),
                answer.completedAt(),
                Instant.now());
    }

    private Mono<String> retain(PredictionCompleted answer, String label) {
        return pictures.read(answer)
                .switchIfEmpty(
                        Mono.error(
                                () -> new ApiException(
                                        HttpStatus.GONE,
                                        "picture-gone",
                                        "The picture is not kept any more, so it cannot be learned from. Leave out retain and the label counts.")))
                .flatMap(picture -> trainingImages.accept(answer.model(), label, null, picture))
                .map(TrainingImages.Kept::sha256);
    }

    /** A word that the version cannot answer would be counted against it for ever: most are typing errors. */
    private String label(String model, String version, @Nullable String word) {
        String label = Labels.normalize(word);
        List<String> known =
                models.find(model, version).map(ModelVersion::labels).orElse(List.of(label));
        if (!known.contains(label)) {
            throw new ApiException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-label",
                    "Version %s of %s knows %s%s. Pictures of another class go to /v1/models/%s/training-images."
                            .formatted(
                                    version,
                                    model,
                                    String.join(", ", known.subList(0, Math.min(LABELS_TOLD, known.size()))),
                                    known.size() > LABELS_TOLD ? ", …" : "",
                                    model));
        }
        return label;
    }
}
