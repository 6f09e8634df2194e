/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.dashboard.stream;

import io.sandpiper.schemas.TrainingProgressed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a training got on, from its signs of life.
 *
 * @param points oldest first; a long training has its points further apart
 */
public record TrainingCurve(List<Point> points) {

    static final TrainingCurve EMPTY = new TrainingCurve(List.of());

    /** Enough for a line on a screen. */
    private static final int MOST = 400;

    public TrainingCurve {
        points = List.copyOf(points);
    }

    /**
     * One sign of life.
     *
     * @param epoch passes over the pictures, and which part of one: 1.5 is in the middle of the second
     * @param loss mean over the steps before
     * @param accuracy on the validation pictures after the last whole epoch, 0 to 1; absent when there are none
     */
    public record Point(
            double epoch, @Nullable Double loss, @Nullable Double accuracy, Instant at) {}

    /** One more. A worker that goes on where another one died goes back a little: what that one did beyond is forgotten. */
    TrainingCurve plus(TrainingProgressed progress) {
        double epoch = Math.max(0, progress.epoch() - 1) + (double) progress.step() / Math.max(1, progress.steps());
        List<Point> next = new ArrayList<>(
                points.stream().filter(point -> point.epoch() < epoch).toList());
        next.add(new Point(epoch, progress.loss(), progress.accuracy(), progress.at()));
        return new TrainingCurve(next.size() > MOST ? thinned(next) : next);
    }

    /** Every second one, and the last. */
    private static List<Point> thinned(List<Point> points) {
        List<Point> thinned = new ArrayList<>();
        for (int i = (points.size() - 1) % 2; i < points.size(); i += 2) {
            thinned.add(points.get(i));
        }
        return thinned;
    }
}
