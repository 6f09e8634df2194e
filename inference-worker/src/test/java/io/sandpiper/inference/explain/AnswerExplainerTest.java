/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.inference.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.sandpiper.classifier.archive.InvalidArchiveException;
import io.sandpiper.classifier.archive.ModelArchive;
import io.sandpiper.classifier.explain.Explainer;
import io.sandpiper.classifier.explain.Pace;
import io.sandpiper.classifier.image.ImageLimits;
import io.sandpiper.inference.fetch.PictureUnavailableException;
import io.sandpiper.inference.lane.LaneGate;
import io.sandpiper.objectstore.ObjectKeys;
import io.sandpiper.objectstore.ObjectStore;
import io.sandpiper.objectstore.ObjectStoreException;
import io.sandpiper.schemas.ExplanationCompleted;
import io.sandpiper.schemas.ExplanationMethod;
import io.sandpiper.schemas.ExplanationRequested;
import io.sandpiper.schemas.ModelVersion;
import io.sandpiper.schemas.PredictionCompleted.Source;
import io.sandpiper.testsupport.DrawnDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerExplainerTest {

    private static final Path CIFAR10 = Path.of("..", "models", "cifar10");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> CLASSES = List.of("airplane", "automobile", "bird");
    private static final byte[] PICTURE = DrawnDigits.png(7, 1);

    private final ShippedVersion versions = new ShippedVersion();
    private final ObjectStore store = mock(ObjectStore.class);
    private byte @Nullable [] picture = PICTURE;
    private final AnswerExplainer explainer = new AnswerExplainer(
            versions, (source, id) -> fetch(), store, ImageLimits.DEFAULT, new LaneGate(Duration.ZERO, 1), "w-1");

    @AfterEach
    void close() {
        explainer.close();
    }

    @Test
    void drawing_isLeftInTheStore_andTheNetworkStaysOpen() throws Exception {
        ExplanationCompleted bird = explainer.explain(wanted("1", "bird"));
        ExplanationCompleted airplane = explainer.explain(wanted("1", "airplane"));

        assertThat(bird.method()).isEqualTo(ExplanationMethod.CAM);
        assertThat(bird.reason()).isNull();
        verify(store).put(eq(ObjectKeys.explanation(bird.explanationId())), any(byte[].class), eq("image/png"));
        verify(store).put(eq(ObjectKeys.explanation(airplane.explanationId())), any(byte[].class), eq("image/png"));
        assertThat(versions.opened).isEqualTo(1);

        explainer.close();
        explainer.explain(wanted("1", "automobile"));

        assertThat(versions.opened).isEqualTo(2);
    }

    @Test
    void whatCannotBeDrawn_isToldWithTheReason() throws Exception {
        assertThat(reason(wanted("2", "bird"))).isEqualTo("explanation-unavailable");
        assertThat(reason(wanted("1", "unicorn"))).isEqualTo("explanation-unavailable");
        picture = null;
        assertThat(reason(wanted("1", "bird"))).isEqualTo("picture-gone");
        picture = new byte[] {1, 2, 3};
        assertThat(reason(wanted("1", "bird"))).isEqualTo("explanation-unavailable");
        verifyNoInteractions(store);
    }

    @Test
    void storeThatIsAway_isTriedAgain() {
        doThrow(new ObjectStoreException("away", null)).when(store).put(anyString(), any(byte[].class), anyString());

        assertThatThrownBy(() -> explainer.explain(wanted("1", "bird"))).isInstanceOf(ObjectStoreException.class);
    }

    private @Nullable String reason(ExplanationRequested wanted) throws Exception {
        ExplanationCompleted explanation = explainer.explain(wanted);
        assertThat(explanation.method()).isNull();
        return explanation.reason() == null ? null : explanation.reason().code();
    }

    private byte[] fetch() throws PictureUnavailableException {
        if (picture == null) {
            throw new PictureUnavailableException("It is gone.");
        }
        return picture;
    }

    private static ExplanationRequested wanted(String version, String label) {
        return new ExplanationRequested(
                "id", "cifar10", version, label, new Source("images", 3, 42), NOW, NOW.plusSeconds(60));
    }

    private static final class ShippedVersion implements AnswerExplainer.Versions {

        private int opened;

        @Override
        public @Nullable ModelVersion find(String model, String version) {
            return version.equals("1")
                    ? new ModelVersion(model, version, null, CLASSES, "", "", Map.of(), null, null, null, NOW)
                    : null;
        }

        @Override
        public Explainer open(ModelVersion version, Pace pace) throws InvalidArchiveException, IOException {
            opened++;
            byte[] manifest = Files.readAllBytes(CIFAR10.resolve(ModelArchive.MANIFEST));
            return Explainer.open(
                    ModelArchive.read(
                            manifest, (name, maxBytes) -> Optional.of(Files.readAllBytes(CIFAR10.resolve(name)))),
                    pace,
                    false);
        }
    }
}
