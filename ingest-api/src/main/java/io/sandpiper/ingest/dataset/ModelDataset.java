/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.ingest.dataset;

import io.sandpiper.schemas.TrainingImageAccepted;
import io.sandpiper.schemas.TrainingImageAccepted.PictureFigures;
import io.sandpiper.schemas.TrainingImageAccepted.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labelled pictures of one model, as far as the log was read. Thread-safe; takes the same picture any number of times. */
final class ModelDataset {

    /** Steps of the histogram of brightness. */
    private static final int BRIGHTNESS_BINS = 16;

    private static final int LEVELS = 256;
    private static final int SAMPLES = 8;
    private static final int RESOLUTIONS = 20;

    private final Map<String, Entry> bySha256 = new LinkedHashMap<>();
    /** One object for each label, however many pictures have it. */
    private final Map<String, String> labels = new HashMap<>();

    private final long[] intensity = new long[TrainingImageAccepted.INTENSITY_BINS];

    /** @param brightness negative when nobody looked */
    private record Entry(String label, @Nullable Split split, int width, int height, float brightness) {}

    /** What a picture is known as. */
    record Known(String label, @Nullable Split split) {}

    synchronized void add(TrainingImageAccepted picture) {
        PictureFigures figures = picture.figures();
        String label = labels.computeIfAbsent(picture.label(), l -> l);
        Entry before = bySha256.put(
                picture.sha256(),
                new Entry(
                        label,
                        picture.split(),
                        picture.width(),
                        picture.height(),
                        figures == null ? -1 : (float) figures.brightness()));
        if (before == null && figures != null) {
            for (int i = 0; i < intensity.length; i++) {
                intensity[i] += figures.intensity().get(i);
            }
        }
    }

    synchronized @Nullable Known find(String sha256) {
        Entry entry = bySha256.get(sha256);
        return entry == null ? null : new Known(entry.label(), entry.split());
    }

    synchronized DatasetSummary summary(String model) {
        Map<String, ClassTally> classes = new TreeMap<>();
        Map<List<Integer>, Integer> resolutions = new HashMap<>();
        int[] brightness = new int[BRIGHTNESS_BINS];
        double sum = 0;
        int measured = 0;
        for (Map.Entry<String, Entry> picture : bySha256.entrySet()) {
            Entry entry = picture.getValue();
            classes.computeIfAbsent(entry.label(), l -> new ClassTally()).add(picture.getKey(), entry);
            resolutions.merge(List.of(entry.width(), entry.height()), 1, Integer::sum);
            if (entry.brightness() >= 0) {
                measured++;
                sum += entry.brightness();
                brightness[Math.min(BRIGHTNESS_BINS - 1, (int) (entry.brightness() * BRIGHTNESS_BINS / LEVELS))]++;
            }
        }
        return new DatasetSummary(
                model,
                bySha256.size(),
                classes.entrySet().stream()
                        .map(c -> c.getValue().summary(c.getKey()))
                        .toList(),
                new DatasetSummary.Brightness(measured == 0 ? null : sum / measured, boxed(brightness)),
                perMille(measured),
                resolutions.entrySet().stream()
                        .map(r -> new DatasetSummary.Resolution(
                                r.getKey().get(0), r.getKey().get(1), r.getValue()))
                        .sorted(Comparator.comparingInt(DatasetSummary.Resolution::images)
                                .reversed()
                                .thenComparing(DatasetSummary.Resolution::width)
                                .thenComparing(DatasetSummary.Resolution::height))
                        .limit(RESOLUTIONS)
                        .toList());
    }

    private List<Integer> perMille(int measured) {
        List<Integer> steps = new ArrayList<>(intensity.length);
        for (long step : intensity) {
            steps.add(measured == 0 ? 0 : Math.toIntExact(step / measured));
        }
        return steps;
    }

    private static List<Integer> boxed(int[] counts) {
        List<Integer> list = new ArrayList<>(counts.length);
        for (int count : counts) {
            list.add(count);
        }
        return list;
    }

    private static final class ClassTally {

        private final List<String> samples = new ArrayList<>();
        private int images;
        private int train;
        private int test;
        private double brightness;
        private int measured;

        void add(String sha256, Entry entry) {
            images++;
            train += entry.split() == Split.TRAIN ? 1 : 0;
            test += entry.split() == Split.TEST ? 1 : 0;
            if (entry.brightness() >= 0) {
                measured++;
                brightness += entry.brightness();
            }
            if (samples.size() < SAMPLES) {
                samples.add(sha256);
            }
        }

        DatasetSummary.ClassSummary summary(String label) {
            return new DatasetSummary.ClassSummary(
                    label, images, train, test, measured == 0 ? null : brightness / measured, samples);
        }
    }
}
