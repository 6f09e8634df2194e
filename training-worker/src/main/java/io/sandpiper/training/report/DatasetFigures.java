/*
 * Copyright 2026 The Sandpiper Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sandpiper.training.report;

import io.sandpiper.classifier.image.Pixels;
import io.sandpiper.schemas.DatasetReport;
import io.sandpiper.schemas.DatasetReport.ClassFigures;
import io.sandpiper.schemas.DatasetReport.Readings;
import io.sandpiper.schemas.DatasetReport.Resolution;
import io.sandpiper.training.dataset.Dataset;
import io.sandpiper.training.dataset.Sample;
import io.sandpiper.training.dataset.Sample.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at what a version learned from. */
final class DatasetFigures {

    private static final int SAMPLES_A_CLASS = 8;
    /** With many classes each has fewer; with more classes than this there are none. */
    private static final int MOST_SAMPLES = 120;

    private static final int MOST_RESOLUTIONS = 12;

    private final Dataset dataset;

    DatasetFigures(Dataset dataset) {
        this.dataset = dataset;
    }

    /** @param budget characters for all pictures together */
    DatasetReport report(int budget) {
        int classes = dataset.labels().size();
        Shades shades = Shades.of(dataset.train(), classes);
        long[] train = counts(dataset.train());
        long[] validation = counts(dataset.validation());
        long[] test = counts(dataset.test());
        List<List<String>> samples = samples(budget);
        List<ClassFigures> figures = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            figures.add(new ClassFigures(
                    dataset.labels().get(c), train[c], validation[c], test[c], shades.brightness(c), samples.get(c)));
        }
        List<List<Double>> intensity = shades.intensity();
        List<Resolution> resolutions = resolutions();
        Pixels seen = dataset.train().get(0).pixels();
        return new DatasetReport(
                dataset.digest(),
                figures,
                intensity,
                resolutions.stream().limit(MOST_RESOLUTIONS).toList(),
                resolutions.stream()
                        .skip(MOST_RESOLUTIONS)
                        .mapToLong(Resolution::images)
                        .sum(),
                new Readings(
                        Sentences.classes(figures),
                        Sentences.intensity(intensity),
                        Sentences.brightness(figures),
                        Sentences.resolutions(resolutions, seen.width(), seen.height())));
    }

    private long[] counts(List<Sample> part) {
        long[] counts = new long[dataset.labels().size()];
        part.forEach(s -> counts[s.label()]++);
        return counts;
    }

    /** The first ones of each class: pictures are in the order of their hashes, so chance has chosen them. */
    private List<List<String>> samples(int budget) {
        int classes = dataset.labels().size();
        int most = Math.min(SAMPLES_A_CLASS, MOST_SAMPLES / classes);
        List<List<Pixels>> chosen = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            int label = c;
            chosen.add(dataset.train().stream()
                    .filter(s -> s.label() == label)
                    .limit(most)
                    .map(Sample::pixels)
                    .toList());
        }
        List<String> thumbnails =
                Thumbnails.of(chosen.stream().flatMap(Collection::stream).toList(), budget);
        List<List<String>> samples = new ArrayList<>();
        int from = 0;
        for (List<Pixels> ofClass : chosen) {
            samples.add(thumbnails.subList(from, from + ofClass.size()));
            from += ofClass.size();
        }
        return samples;
    }

    private record Size(int width, int height) {}

    /** Of all parts, most frequent first. */
    private List<Resolution> resolutions() {
        Map<Size, Long> sizes = Stream.of(dataset.train(), dataset.validation(), dataset.test())
                .flatMap(Collection::stream)
                .map(Sample::origin)
                .filter(Objects::nonNull)
                .flatMap(DatasetFigures::size)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return sizes.entrySet().stream()
                .map(e -> new Resolution(e.getKey().width(), e.getKey().height(), e.getValue()))
                .sorted(Comparator.comparingLong(Resolution::images)
                        .reversed()
                        .thenComparing(Resolution::width)
                        .thenComparing(Resolution::height))
                .toList();
    }

    private static Stream<Size> size(Origin origin) {
        Integer width = origin.width();
        Integer height = origin.height();
        return width == null || height == null ? Stream.empty() : Stream.of(new Size(width, height));
    }
}
