/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.drift;

import io.sandpiper.schemas.DriftMeasured;
import io.sandpiper.schemas.DriftMeasured.Figure;
import io.sandpiper.schemas.DriftMeasured.Reference;
import io.sandpiper.schemas.ServingObserved;
import io.sandpiper.schemas.ServingProfile;
import io.sandpiper.training.TrainingProperties.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one version answered lately, against its reference. Belongs to one thread. */
final class VersionDrift {

    private static final Duration TOLD_EACH = Duration.ofSeconds(5);
    /** Once it drifts, it has to come below this share of each limit: it is not to come and go with each look. */
    private static final double BACK = 0.8;

    private final Drift settings;
    private final DriftRule rule;
    private final Reference kind;
    private @Nullable ServingProfile reference;
    private final Deque<ServingProfile> window = new ArrayDeque<>();
    private @Nullable DriftMeasured told;

    /** @param heldOut what it made of held-out pictures; null: the first that it answers are the reference */
    VersionDrift(Drift settings, @Nullable ServingProfile heldOut) {
        this.settings = settings;
        this.rule = new DriftRule(settings);
        this.kind = heldOut == null ? Reference.FIRST_SERVED : Reference.HELD_OUT;
        this.reference = heldOut;
    }

    /** As it was told last. */
    boolean isDrifting() {
        return told != null && told.drifted();
    }

    /** Whether it is held against what it served first, for want of anything better. */
    boolean isProvisional() {
        return kind == Reference.FIRST_SERVED;
    }

    /** What is to be told now: when something has changed, and every few seconds. */
    Optional<DriftMeasured> add(ServingObserved observed) {
        ServingProfile profile = observed.profile();
        if (reference == null || (kind == Reference.FIRST_SERVED && reference.images() < settings.firstServed())) {
            reference = reference == null ? profile : reference.plus(profile);
            return Optional.empty();
        }
        ServingProfile live = slide(profile);
        if (live.images() < settings.window() / 2 || reference.images() < 2) {
            return Optional.empty();
        }
        DriftMeasured measured = measure(observed, reference, live);
        if (told != null
                && told.drifted() == measured.drifted()
                && measured.at().isBefore(told.at().plus(TOLD_EACH))) {
            return Optional.empty();
        }
        told = measured;
        return Optional.of(measured);
    }

    /** The last so many answers, or as many more as came with the first of them. */
    private ServingProfile slide(ServingProfile profile) {
        window.addLast(profile);
        long images = window.stream().mapToLong(ServingProfile::images).sum();
        while (images - window.getFirst().images() >= settings.window()) {
            images -= window.removeFirst().images();
        }
        return window.stream().reduce(ServingProfile::plus).orElse(profile);
    }

    private DriftMeasured measure(ServingObserved observed, ServingProfile held, ServingProfile live) {
        List<Figure> figures = rule.compare(held, live);
        boolean drifted = figures.stream().anyMatch(Figure::exceeds) || (isDrifting() && !isBack(figures));
        Instant now = observed.at();
        return new DriftMeasured(
                observed.model(),
                observed.version(),
                live.images(),
                kind,
                held.images(),
                live.meanProbability(),
                held.meanProbability(),
                figures,
                drifted,
                DriftSentence.of(live, kind, held, figures, drifted),
                now);
    }

    private static boolean isBack(List<Figure> figures) {
        return figures.stream().allMatch(figure -> figure.value() < BACK * figure.limit());
    }
}
