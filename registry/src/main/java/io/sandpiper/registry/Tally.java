/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.registry;

import io.sandpiper.schemas.PredictionCompleted;
import io.sandpiper.schemas.PredictionCompleted.State;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Adds answers up. Belongs to one thread. */
public final class Tally {

    private static final long LONGEST_MILLIS = Duration.ofDays(2).toMillis();
    /** A percentile is right to one part in a hundred. */
    private static final int DIGITS = 2;

    private final Map<State, Long> counts = new EnumMap<>(State.class);
    private final Histogram latencies = new Histogram(LONGEST_MILLIS, DIGITS);
    private double probabilitySum;

    public void add(PredictionCompleted answer) {
        add(
                answer.state(),
                answer.probability(),
                Duration.between(answer.submittedAt(), answer.completedAt()).toMillis());
    }

    /**
     * One answer.
     *
     * @param probability of its label; null when it has none
     * @param millis from submission to answer
     */
    public void add(State state, @Nullable Double probability, long millis) {
        counts.merge(state, 1L, Long::sum);
        probabilitySum += probability == null ? 0 : probability;
        latencies.recordValue(Math.max(0, Math.min(LONGEST_MILLIS, millis)));
    }

    public void add(Figures figures) {
        figures.counts().forEach((state, count) -> counts.merge(state, count, Long::sum));
        probabilitySum += figures.probabilitySum();
        try {
            latencies.add(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(figures.latencies()), 0));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a histogram", e);
        }
    }

    public void add(Tally other) {
        other.counts.forEach((state, count) -> counts.merge(state, count, Long::sum));
        probabilitySum += other.probabilitySum;
        latencies.add(other.latencies);
    }

    public Figures figures() {
        ByteBuffer encoded = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int length = latencies.encodeIntoCompressedByteBuffer(encoded);
        return new Figures(Map.copyOf(counts), probabilitySum, Arrays.copyOf(encoded.array(), length));
    }

    public Map<State, Long> counts() {
        return counts;
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Of the pictures that have a label; NaN when none has. */
    public double meanProbability() {
        long predicted = counts.getOrDefault(State.PREDICTED, 0L);
        return predicted == 0 ? Double.NaN : probabilitySum / predicted;
    }

    /** In milliseconds; 0 when there are no answers. */
    public long latencyMillis(double percentile) {
        return latencies.getValueAtPercentile(percentile);
    }
}
