/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.sandpiper.classifier.engine.Answers;
import io.sandpiper.classifier.engine.Classifier;
import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.inference.InferenceProperties;
import io.sandpiper.inference.fetch.PictureUnavailableException;
import io.sandpiper.inference.model.OpenedModel;
import io.sandpiper.inference.model.ServingModel;
import io.sandpiper.schemas.Claim;
import io.sandpiper.schemas.ImageSubmitted;
import io.sandpiper.schemas.ModelManifest;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.schemas.PredictionCompleted.State;
import io.sandpiper.testsupport.DrawnDigits;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BatchClassifierTest {

    /** A grey value that no network should meet. */
    private static final int POISON = 13;

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private Instant now = NOW;
    private final BrightnessClassifier engine = new BrightnessClassifier();
    private final ServingModel model = new ServingModel(new OpenedModel(
            new ModelVersion("grey", "3", null, List.of(), "", "", Map.of(), null, null, null, NOW), engine));
    private final BatchClassifier classifier = new BatchClassifier(
            name -> name.equals("grey") ? Optional.of(model) : Optional.empty(),
            this::fetch,
            "unwanted"::equals,
            new InferenceProperties(
                    "w-1",
                    InferenceProperties.Consumption.PARTITION,
                    List.of(),
                    false,
                    1,
                    8,
                    Duration.ZERO,
                    1,
                    2,
                    Duration.ofSeconds(1),
                    true,
                    true,
                    true,
                    null,
                    null,
                    DataSize.ofMegabytes(1),
                    1_000_000,
                    1_000),
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void pictures_areAnsweredTogether_withVersionSourceAndWorker() throws InterruptedException {
        Map<String, PredictionCompleted> answers =
                classify(image("a", "grey", plain(0)), image("b", "grey", plain(255)));

        assertThat(engine.batches).containsExactly(2);
        assertThat(answers.get("a").label()).isEqualTo("dark");
        assertThat(answers.get("b").label()).isEqualTo("light");
        assertThat(answers.get("b").probability()).isBetween(0.89, 0.91);
        assertThat(answers.get("b").top()).hasSize(1);
        assertThat(answers.get("b").modelVersion()).isEqualTo("3");
        assertThat(answers.get("b").worker()).isEqualTo("w-1");
        assertThat(answers.get("b").source()).isEqualTo(new Source("images", 1, 2));
    }

    @Test
    void whatWasAnswered_isAddedUp_andToldEachSecond_orEachHundred() throws InterruptedException {
        classify(image("a", "grey", plain(0)), image("b", "grey", plain(255)), image("c", "grey", plain(POISON)));
        assertThat(classifier.observed()).as("too early").isEmpty();

        now = NOW.plusSeconds(1);

        assertThat(classifier.observed()).singleElement().satisfies(told -> {
            assertThat(told.worker()).isEqualTo("w-1");
            assertThat(told.key()).isEqualTo("grey/3");
            assertThat(told.profile().classes())
                    .as("not what the network could not run on")
                    .isEqualTo(Map.of("dark", 1L, "light", 1L));
        });
        SourcedImage[] many = new SourcedImage[100];
        Arrays.setAll(many, i -> image("m" + i, "grey", plain(0)));
        classify(many);
        assertThat(classifier.observed())
                .singleElement()
                .satisfies(told -> assertThat(told.profile().images()).isEqualTo(100));
        assertThat(classifier.observed()).as("told").isEmpty();
    }

    @Test
    void badPicture_isRejected_itsNeighboursAnswered() throws InterruptedException {
        Map<String, PredictionCompleted> answers =
                classify(image("a", "grey", plain(0)), image("bad", "grey", new byte[] {1, 2, 3}));

        assertThat(answers.get("a").state()).isEqualTo(State.PREDICTED);
        assertThat(answers.get("bad").state()).isEqualTo(State.REJECTED);
        assertThat(answers.get("bad").reason().code()).isEqualTo("not-an-image");
    }

    @Test
    void pictureWhoseDeadlineHasPassed_isNotClassified() throws InterruptedException {
        SourcedImage late = withDeadline(image("late", "grey", plain(0)), NOW.minusMillis(1));
        SourcedImage intime = withDeadline(image("intime", "grey", plain(0)), NOW);

        Map<String, PredictionCompleted> answers = classify(late, intime);

        assertThat(answers.get("late").state()).isEqualTo(State.EXPIRED);
        assertThat(answers.get("late").reason().code()).isEqualTo("deadline-passed");
        assertThat(answers.get("intime").state()).isEqualTo(State.PREDICTED);
        assertThat(engine.batches).containsExactly(1);
    }

    private static SourcedImage withDeadline(SourcedImage image, Instant deadline) {
        ImageSubmitted i = image.image();
        return new SourcedImage(
                new ImageSubmitted(
                        i.predictionId(),
                        i.model(),
                        i.contentType(),
                        i.submittedAt(),
                        deadline,
                        i.callback(),
                        i.bulk(),
                        i.claim(),
                        i.image()),
                image.source());
    }

    @Test
    void cancelledPicture_isNotClassified() throws InterruptedException {
        Map<String, PredictionCompleted> answers =
                classify(image("unwanted", "grey", plain(0)), image("wanted", "grey", plain(0)));

        assertThat(answers.get("unwanted").state()).isEqualTo(State.CANCELLED);
        assertThat(answers.get("wanted").state()).isEqualTo(State.PREDICTED);
        assertThat(engine.batches).containsExactly(1);
    }

    @Test
    void pictureThatLiesElsewhere_isFetched_oneThatIsGoneFailsAlone() throws InterruptedException {
        Map<String, PredictionCompleted> answers =
                classify(elsewhere("there"), elsewhere("gone"), image("here", "grey", plain(0)));

        assertThat(answers.get("there").label()).isEqualTo("light");
        assertThat(answers.get("gone").state()).isEqualTo(State.FAILED);
        assertThat(answers.get("gone").reason().code()).isEqualTo("picture-unavailable");
        assertThat(answers.get("here").label()).isEqualTo("dark");
    }

    private static SourcedImage elsewhere(String id) {
        SourcedImage image = image(id, "grey", plain(0));
        return new SourcedImage(image.image().withClaim(new Claim(id, "", 0)), image.source());
    }

    private byte[] fetch(Claim claim) throws PictureUnavailableException {
        if (claim.objectKey().equals("gone")) {
            throw new PictureUnavailableException("gone");
        }
        return plain(255);
    }

    @Test
    void pictureThatBreaksTheEngine_failsAlone() throws InterruptedException {
        List<SourcedImage> batch = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            batch.add(image("i" + i, "grey", plain(i == 5 ? POISON : 200)));
        }

        Map<String, PredictionCompleted> answers = classify(batch.toArray(SourcedImage[]::new));

        assertThat(answers).hasSize(16);
        assertThat(answers.get("i5").state()).isEqualTo(State.FAILED);
        assertThat(answers.get("i5").reason().code()).isEqualTo("classifier-error");
        answers.remove("i5");
        assertThat(answers.values()).allMatch(a -> a.state() == State.PREDICTED);
    }

    @Test
    void unknownModel_isAFailureOfItsOwnPicturesOnly() throws InterruptedException {
        Map<String, PredictionCompleted> answers =
                classify(image("a", "unicorns", plain(0)), image("b", "grey", plain(0)));

        assertThat(answers.get("a").state()).isEqualTo(State.FAILED);
        assertThat(answers.get("a").reason().code()).isEqualTo("unknown-model");
        assertThat(answers.get("b").state()).isEqualTo(State.PREDICTED);
    }

    private Map<String, PredictionCompleted> classify(SourcedImage... batch) throws InterruptedException {
        return classifier.classify(Arrays.asList(batch)).stream()
                .collect(Collectors.toMap(PredictionCompleted::predictionId, Function.identity()));
    }

    private static SourcedImage image(String id, String model, byte[] bytes) {
        return new SourcedImage(
                new ImageSubmitted(id, model, "image/png", Instant.EPOCH, bytes), new Source("images", 1, 2));
    }

    private static byte[] plain(int grey) {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 16; i++) {
            image.getRaster().setSample(i % 4, i / 4, 0, grey);
        }
        return DrawnDigits.encode(image, "png");
    }

    /** Tells light from dark, and breaks on one value. */
    private static final class BrightnessClassifier implements Classifier {

        private final List<Integer> batches = new ArrayList<>();

        @Override
        public List<String> labels() {
            return List.of("dark", "light");
        }

        @Override
        public ModelManifest.Input input() {
            return new ModelManifest.Input(1, 4, 4, List.of(0.0), List.of(1.0));
        }

        @Override
        public float[][] classify(List<Pixels> batch) {
            batches.add(batch.size());
            if (batch.stream().anyMatch(p -> p.samples()[0] == POISON)) {
                throw new IllegalStateException("poison");
            }
            return batch.stream()
                    .map(p -> (p.samples()[0] & 0xff) < 128 ? new float[] {0.9f, 0.1f} : new float[] {0.1f, 0.9f})
                    .toArray(float[][]::new);
        }

        @Override
        public Answers explain(List<Pixels> batch) {
            return new Answers(classify(batch), List.of());
        }

        @Override
        public Classifier copy() {
            return new BrightnessClassifier();
        }

        @Override
        public void close() {}
    }
}
